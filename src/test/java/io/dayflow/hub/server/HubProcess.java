package io.dayflow.hub.server;

import io.dayflow.hub.HubApplication;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The hub as a child process with the JDK of the tests, on a random port, in a folder of its own that holds copies of the
 * project's {@code routes/} and {@code config/}. It runs from the jar that the system property {@code hub.jar} names, else
 * from the class path of this JVM without the test classes, with an {@linkplain HubClasses archive} of them where there is
 * one. Port, folder and data stay the same over {@link #killHard()} and {@link #restart()}.
 */
public final class HubProcess implements AutoCloseable {

    /** The service token that the hub is started with. */
    public static final String SERVICE_TOKEN = "service-token-of-the-tests";

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);
    private static final Duration RECORD_LIMIT = Duration.ofMinutes(5);
    private static final Path POSTGRES = Path.of("target", "postgres-programs").toAbsolutePath();

    private final int port;
    private final Path dataFolder;
    private final @Nullable String databaseUrl;
    private final Duration stopLimit;
    private final ServerProcess process;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Thread hook = new Thread(this::killAll);

    private HubProcess(Builder builder, int port, Path dataFolder) {
        this.port = port;
        this.dataFolder = dataFolder;
        this.databaseUrl = builder.environment.get("DATABASE_URL");
        this.stopLimit = builder.recorded == null ? STOP_LIMIT : RECORD_LIMIT;
        this.process = new ServerProcess("hub", command(builder, port), builder.environment, builder.folder);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Settings of a hub that works in this folder; {@link Builder#start()} starts it. */
    public static Builder in(Path folder) {
        return new Builder(folder);
    }

    /** How a hub is started; without more words it has an embedded database of its own. */
    public static final class Builder {
        private final Path folder;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final Map<String, String> properties = new LinkedHashMap<>();
        private final List<String> jvm = new ArrayList<>();
        private boolean unpacks;
        private @Nullable Path recorded;

        private Builder(Path folder) {
            this.folder = folder.toAbsolutePath();
            environment.put("HUB_DATA_DIR", this.folder.resolve("data").toString());
            environment.put("HUB_SERVICE_TOKEN", SERVICE_TOKEN);
            environment.put("HUB_ADMIN_PASSWORD", "operator-of-the-tests");
            properties.put("hub.security.allow-private-addresses", "true");
            // most tests start a hub for little work
            properties.put("hub.warm-up.events", "0");
        }

        /** Uses this database ({@code postgresql://user:password@host:port/database}) instead of an embedded one. */
        public Builder database(String url) {
            return environment("DATABASE_URL", url);
        }

        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** A setting of the hub or of Spring, given on the command line. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /** Options of the child's JVM beside those of the pom's {@code hub.jvm.arguments}; the last one of a kind wins. */
        public Builder jvm(String... options) {
            jvm.addAll(List.of(options));
            return this;
        }

        /** Has the hub unpack PostgreSQL by itself, as on a machine where it was never started; else copies of it are there. */
        public Builder unpackingPostgres() {
            unpacks = true;
            return this;
        }

        /** At its end the hub writes an archive of its classes there. */
        Builder recordClasses(Path archive) {
            recorded = archive;
            return this;
        }

        /** Starts the hub and returns when it says that it is ready. */
        public HubProcess start() {
            HubFolder.copy(Path.of("routes").toAbsolutePath(), folder.resolve("routes"));
            HubFolder.copy(Path.of("config").toAbsolutePath(), folder.resolve("config"));
            if (!unpacks && !environment.containsKey("DATABASE_URL")) {
                HubFolder.copy(POSTGRES, Path.of(environment.get("HUB_DATA_DIR"), "postgres", "programs"));
            }
            int port = ServerProcess.freePort();
            environment.put("SERVER_PORT", Integer.toString(port));
            HubProcess hub = new HubProcess(this, port, Path.of(environment.get("HUB_DATA_DIR")));
            hub.restart();
            return hub;
        }
    }

    /** Starts the hub again after a kill or a stop, and returns when it says that it is ready. */
    public void restart() {
        startWithoutWaiting();
        awaitReady();
    }

    /** Starts the hub again and returns at once: for tests that kill it while it starts. */
    public void startWithoutWaiting() {
        process.start();
    }

    /** Returns when the readiness probe says UP; fails with the log's tail when the process ends first. */
    public void awaitReady() {
        process.awaitReady(START_LIMIT, this::ready);
    }

    /** SIGKILL to the hub alone: an embedded database lives on. Returns when the process is gone. */
    public void killHard() {
        process.kill();
    }

    /** SIGKILL to the embedded database's main process; refused when there is none. */
    public void killDatabase() {
        ProcessHandle postmaster = HubFolder.postmaster(dataFolder)
                .orElseThrow(() -> new IllegalStateException("no PostgreSQL runs in " + dataFolder));
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }

    /** Ends the hub in order (SIGTERM). */
    public void stop() {
        process.stop(stopLimit);
    }

    public boolean alive() {
        return process.alive();
    }

    public long pid() {
        return process.pid();
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** A REST client that acts as DayFlow's backend for this user. */
    public HubClient client(UUID user) {
        return new HubClient(baseUrl(), SERVICE_TOKEN, user);
    }

    /** The database with DayFlow's tables, by the address that the hub itself uses. */
    public DayflowDatabase database() {
        return DayflowDatabase.ofUrl(databaseUrl());
    }

    /** {@code postgresql://user:password@host:port/database}, the one that the hub itself uses. */
    public String databaseUrl() {
        return databaseUrl != null ? databaseUrl : HubFolder.embeddedUrl(dataFolder);
    }

    /** Resident memory of the hub in bytes, now. */
    public long rssBytes() {
        return status("VmRSS:");
    }

    /** The largest resident memory of the hub so far, in bytes. */
    public long peakRssBytes() {
        return status("VmHWM:");
    }

    public Path logFile() {
        return process.log();
    }

    public String logTail() {
        return process.tail(200);
    }

    /** Ends the hub in order, and a database that a killed hub left behind without more ado. */
    @Override
    public void close() {
        process.stop(stopLimit);
        killAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the JVM ends and has run the hook already
        }
    }

    private void killAll() {
        process.kill();
        HubFolder.postmaster(dataFolder).ifPresent(ProcessHandle::destroyForcibly);
    }

    private boolean ready() {
        try {
            HttpRequest request = HttpRequest.newBuilder(baseUrl().resolve("actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            var response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 && response.body().contains("\"UP\"");
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> command(Builder builder, int port) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(shippedOptions());
        command.addAll(builder.jvm);
        String jar = System.getProperty("hub.jar");
        if (jar != null) {
            command.addAll(List.of("-jar", Path.of(jar).toAbsolutePath().toString()));
        } else {
            command.addAll(
                    builder.recorded == null
                            ? HubClasses.archive()
                            : List.of("-XX:AOTCacheOutput=" + builder.recorded));
            command.addAll(List.of("-cp", classPathWithoutTests(), "io.dayflow.hub.HubApplication"));
        }
        builder.properties.forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }

    /** The options with which the project runs a hub, from the pom: tests and figures are to be about that hub. */
    static List<String> shippedOptions() {
        try {
            String pom = Files.readString(Path.of("pom.xml"));
            Matcher options = Pattern.compile("<hub\\.jvm\\.arguments>([^<]*)<").matcher(pom);
            return options.find() ? List.of(options.group(1).strip().split("\\s+")) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("tests run in the project's folder", e);
        }
    }

    /** The test classes would bring test configurations into the hub's component scan. */
    private static String classPathWithoutTests() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path own = placeOf(HubProcess.class);
        Path classes = placeOf(HubApplication.class);
        Path jar = HubClasses.jar();
        return Stream.of(all.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .filter(entry -> !entry.equals(own))
                .map(entry -> jar != null && entry.equals(classes) ? jar : entry)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private long status(String field) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
            String line = lines.filter(candidate -> candidate.startsWith(field))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
