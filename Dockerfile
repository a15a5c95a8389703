# syntax=docker/dockerfile:1
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -B -DskipTests package

FROM eclipse-temurin:25-jre
RUN apt-get update && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system hub && useradd --system --gid hub --home-dir /hub --no-create-home hub \
    && mkdir -p /hub/data && chown hub:hub /hub /hub/data
WORKDIR /hub
COPY --from=build /build/target/dayflow-hub.jar ./
# Beside the jar, so that an integrator can mount over them and edit live.
COPY config config
COPY routes routes
USER hub
ENV HUB_DATA_DIR=/hub/data \
    MALLOC_ARENA_MAX=2 \
    JAVA_OPTS="-Xms100m -Xmn64m -Xmx200m -Xss512k -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=80m -XX:TrimNativeHeapInterval=30000 --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
VOLUME /hub/data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=4 \
    CMD curl -fsS "http://127.0.0.1:${SERVER_PORT:-8080}/actuator/health/liveness" || exit 1
# exec: the hub itself gets the stop signal and shuts down in order.
ENTRYPOINT ["sh", "-c", "exec java $JAVA_OPTS -jar dayflow-hub.jar \"$@\"", "hub"]
