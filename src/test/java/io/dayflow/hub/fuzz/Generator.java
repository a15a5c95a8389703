package io.dayflow.hub.fuzz;

import io.dayflow.hub.RunningHub;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Requests that are nearly right, the same for the same seed and number. */
final class Generator {

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "application/json",
            "application/json",
            "application/json",
            "application/json",
            "application/json; charset=utf-8",
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/problem+json",
            "*/*",
            "nonsense",
            "");

    private static final List<String> ODD = List.of(
            "",
            " ",
            "0",
            "-1",
            "201",
            "1e3",
            "99999999999999999999",
            "null",
            "open",
            "task",
            "keep",
            "\u0000",
            "\uD83C\uDF89",
            "a\u0000b",
            "'",
            "\"><script>",
            "%",
            "%00",
            "%ff%fe",
            "..",
            "../..",
            ";a=b",
            "//",
            "\\",
            "1-1-1-1-1",
            "00000000-0000-0000-0000-00000000000g",
            "x".repeat(1500),
            "LTk5OTk5OTk5OS0wMS0wMVQwMDowMDowMFogMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw",
            "LTAxMDAtMDEtMDFUMDA6MDA6MDBaIDAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA",
            "MTk3MC0wMS0wMVQwMDowMDowMFogLTE",
            "MTk3MC0wMS0wMVQwMDowMDowMFogOTIyMzM3MjAzNjg1NDc3NTgwNw",
            "MjAyNi0wMS0wMVQwMDowMDowMFogAA");

    /** A call of the REST interface. */
    record Call(String method, String path, List<String> variables, List<String> parameters, Type body) {}

    private final long seed;
    private final String base;
    private final List<Call> calls;
    private final List<String> ids;
    private final Function<byte[], String> signature;

    Generator(long seed, String base, List<Call> calls, List<String> ids, Function<byte[], String> signature) {
        this.seed = seed;
        this.base = base;
        this.calls = calls;
        this.ids = ids;
        this.signature = signature;
    }

    /** Every call that the application answers below /api, but the stream that does not end. */
    static List<Call> calls(RequestMappingHandlerMapping mappings) {
        return mappings.getHandlerMethods().entrySet().stream()
                .flatMap(entry -> paths(entry.getKey())
                        .filter(path -> path.startsWith("/api") && !path.endsWith("/events"))
                        .flatMap(path -> methods(entry.getKey()).map(method -> {
                            var parameters = Arrays.asList(entry.getValue().getMethodParameters());
                            return new Call(
                                    method,
                                    path,
                                    parameters.stream()
                                            .filter(p -> p.hasParameterAnnotation(PathVariable.class))
                                            .map(p -> p.getParameter().getName())
                                            .toList(),
                                    parameters.stream()
                                            .filter(p -> p.hasParameterAnnotation(RequestParam.class))
                                            .map(p -> p.getParameter().getName())
                                            .toList(),
                                    parameters.stream()
                                            .filter(p -> p.hasParameterAnnotation(RequestBody.class))
                                            .map(p -> p.getGenericParameterType())
                                            .findFirst()
                                            .orElse(Void.class));
                        })))
                .sorted(java.util.Comparator.comparing((Call call) -> call.path()).thenComparing(Call::method))
                .toList();
    }

    private static Stream<String> paths(RequestMappingInfo info) {
        return info.getPatternValues().stream();
    }

    private static Stream<String> methods(RequestMappingInfo info) {
        var methods = info.getMethodsCondition().getMethods();
        return methods.isEmpty() ? Stream.of("GET") : methods.stream().map(RequestMethod::name);
    }

    /** The request with that number. */
    HttpRequest request(int number) {
        var random = new Random(seed * 1_000_003 + number);
        random.nextInt();
        return number % 3 == 0 ? webhook(random) : rest(random, calls.get(number % calls.size()));
    }

    private HttpRequest rest(Random random, Call call) {
        var shapes = new Shapes(random, ids);
        String path = call.path();
        for (var variable : call.variables()) {
            path = path.replaceAll(
                    "\\{" + variable + "[^}]*}",
                    java.util.regex.Matcher.quoteReplacement(encoded(random.nextInt(4) == 0 ? odd(random) : shapes.id())));
        }
        List<String> query = new ArrayList<>();
        for (var parameter : call.parameters()) {
            if (random.nextBoolean()) {
                query.add(parameter + "="
                        + encoded(
                                parameter.endsWith("Id") && random.nextBoolean() ? shapes.id() : odd(random)));
            }
        }
        if (random.nextInt(10) == 0) {
            query.add(encoded(odd(random)) + "=" + encoded(odd(random)));
        }
        var request = HttpRequest.newBuilder(
                        uri(path + (query.isEmpty() ? "" : "?" + String.join("&", query))))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + RunningHub.SERVICE_TOKEN)
                .header("X-User-Id", RunningHub.USER.toString());
        boolean plain = call.body() == Void.class && random.nextInt(5) > 0;
        return plain
                ? request.method(call.method(), BodyPublishers.noBody()).build()
                : with(
                        random,
                        request,
                        call.method(),
                        new Mutations(random)
                                .of(call.body() == Void.class ? "{\"a\":1}" : shapes.of(call.body())));
    }

    private HttpRequest webhook(Random random) {
        String path = "/api/webhooks/"
                + List.of("testtasks", "testtasks", "testtasks", "testsilent", "testcal", "no-such")
                        .get(random.nextInt(6));
        if (random.nextInt(4) == 0) {
            path += "/" + encoded(random.nextBoolean() ? ids.get(random.nextInt(ids.size())) : odd(random));
        }
        byte[] body = new Mutations(random)
                .of("{\"user\":\"u1\",\"changed\":[{\"id\":\"t%d\",\"version\":\"2026\",\"title\":\"A\"}]}"
                        .formatted(random.nextInt(50)));
        var request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
        if (random.nextInt(3) > 0) {
            request.header("X-Test-Signature", signature.apply(body));
        } else if (random.nextBoolean()) {
            request.header("X-Test-Signature", encoded(odd(random)) + "x");
        }
        if (random.nextBoolean()) {
            request.header("X-Test-Delivery", "d" + random.nextInt(1000) + encoded(odd(random)));
        }
        return with(random, request, random.nextInt(20) == 0 ? "PUT" : "POST", body);
    }

    private static HttpRequest with(Random random, HttpRequest.Builder request, String method, byte[] body) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (random.nextInt(40) == 0) {
            request.header("Content-Encoding", random.nextBoolean() ? "gzip" : "nonsense");
        }
        if (random.nextInt(40) == 0) {
            request.header("Accept", random.nextBoolean() ? "text/html" : "image/png, nonsense");
        }
        return request.method(method, BodyPublishers.ofByteArray(body)).build();
    }

    private static String odd(Random random) {
        return ODD.get(random.nextInt(ODD.size()));
    }

    private URI uri(String path) {
        return URI.create(base + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
