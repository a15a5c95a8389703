package io.dayflow.hub.fuzz;

import io.dayflow.hub.RunningHub;
import io.dayflow.hub.fuzz.Input.Header;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.regex.Matcher;

/** Requests that are nearly right, the same for the same seed and number. */
final class Generator {

    private static final String JSON = "application/json";

    /** Each of them for one in forty. */
    private static final List<String> TYPES = List.of(
            "application/json; charset=utf-8",
            "application/json; charset=utf-16",
            "application/json; charset=nonsense",
            "application/json; charset=ISO-8859-1",
            "application/json; charset=GBK",
            "application/yaml",
            "application/cbor",
            "application/problem+json",
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
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

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "FOO");

    /** What proxies, browsers and curious people send along. */
    private static final List<Header> MORE = List.of(
            new Header("Accept", "text/html"),
            new Header("Accept", "image/png, nonsense"),
            new Header("Accept", "application/json;charset=ISO-8859-1"),
            new Header("Accept", "text/html, ".repeat(50) + "application/json"),
            new Header("Accept", "a\u0080"),
            new Header("Accept-Language", "a\u0085b"),
            new Header("Authorization", "Bearer \u0090"),
            new Header("User-Agent", "\u0080\u009f"),
            new Header("X-Test-Signature", "a\u0080"),
            new Header("X-Test-Delivery", "a\u0080"),
            new Header("Accept-Language", "de-DE-x-y;q=2, *, %%"),
            new Header("Content-Encoding", "gzip"),
            new Header("Content-Encoding", "nonsense"),
            new Header("Cookie", "SESSION=../../x; a=; =b; \"c"),
            new Header("Forwarded", "for=\"[::1\";proto=gopher"),
            new Header("If-Match", "W/\"a"),
            new Header("If-Modified-Since", "yesterday"),
            new Header("Last-Event-ID", "-1"),
            new Header("Origin", "null"),
            new Header("Range", "bytes=-1-5,x"),
            new Header("User-Agent", "x".repeat(2000)),
            new Header("X-Forwarded-For", "1.2.3.4.5, ::ffff:999"),
            new Header("X-Forwarded-Proto", "a b"),
            new Header("X-Forwarded-Prefix", "//evil.example.org"),
            new Header("X-HTTP-Method-Override", "DELETE"),
            new Header("X-Request-Id", "${jndi:ldap://127.0.0.1/a}"));

    private final long seed;
    private final List<Call> calls;
    private final List<String> ids;
    private final int webhooks;

    /**
     * @param calls those of the REST interface
     * @param ids of things that are there, of others' and of nothing
     * @param webhooks how many in ten requests are deliveries of services
     */
    Generator(long seed, List<Call> calls, List<String> ids, int webhooks) {
        this.seed = seed;
        this.calls = calls;
        this.ids = ids;
        this.webhooks = webhooks;
    }

    /** The request with that number. */
    Input input(int number) {
        var random = new Random(new SplittableRandom(seed + number * 0x9E3779B97F4A7C15L).nextLong());
        return number % 10 < webhooks ? webhook(number, random) : rest(number, random);
    }

    private Input rest(int number, Random random) {
        var call = calls.get(random.nextInt(calls.size()));
        if (call.path().endsWith("/keys/rotate") && random.nextInt(20) > 0) {
            // each makes a key, which all later requests would have to carry
            call = calls.getFirst();
        }
        var shapes = new Shapes(random, ids);
        String path = call.path();
        for (var variable : call.variables()) {
            path = path.replaceAll(
                    "\\{" + variable + "[^}]*}",
                    Matcher.quoteReplacement(encoded(random.nextInt(4) == 0 ? odd(random) : shapes.id(variable))));
        }
        var headers = new ArrayList<Header>();
        headers.add(new Header(
                "Authorization",
                random.nextInt(50) == 0 ? "Bearer " + encoded(odd(random)) : "Bearer " + RunningHub.SERVICE_TOKEN));
        headers.add(new Header("X-User-Id", user(random, call)));
        boolean plain = !call.hasBody() && random.nextInt(5) > 0;
        byte[] body =
                plain ? new byte[0] : new Mutations(random).of(call.hasBody() ? shapes.of(call.body()) : "{\"a\":1}");
        more(random, headers, body);
        return new Input(
                number,
                call.toString(),
                method(random, call.method()),
                crooked(random, path) + query(random, call, shapes),
                headers,
                body,
                false);
    }

    /** Whoever is erased is somebody else, so that the others go on. */
    private static String user(Random random, Call call) {
        if (call.path().endsWith("/data") && call.method().equals("DELETE")) {
            return Garden.GOING.toString();
        }
        return switch (random.nextInt(40)) {
            case 0 -> encoded(odd(random));
            case 1 -> Garden.OTHER.toString();
            default -> RunningHub.USER.toString();
        };
    }

    private String query(Random random, Call call, Shapes shapes) {
        List<String> query = new ArrayList<>();
        for (var parameter : call.parameters()) {
            if (random.nextBoolean()) {
                String value = switch (random.nextInt(3)) {
                    case 0 -> shapes.id(parameter);
                    case 1 -> shapes.word();
                    default -> odd(random);
                };
                query.add(parameter + "=" + encoded(value));
            }
        }
        if (random.nextInt(10) == 0) {
            query.add(encoded(odd(random)) + "=" + encoded(odd(random)));
        }
        return query.isEmpty() ? "" : "?" + String.join("&", query);
    }

    private Input webhook(int number, Random random) {
        String path = "/api/webhooks/"
                + List.of("testtasks", "testtasks", "testtasks", "testsilent", "testtimed", "testcal", "no-such")
                        .get(Math.max(0, random.nextInt(14) - 7));
        if (random.nextInt(4) == 0) {
            path += "/" + encoded(random.nextBoolean() ? ids.get(random.nextInt(ids.size())) : odd(random));
        }
        byte[] body = random.nextInt(600) == 0
                ? Shapes.quoted("x".repeat(1_000_000 + random.nextInt(200_000))).getBytes(StandardCharsets.UTF_8)
                : new Mutations(random)
                        .of("{\"user\":\"u1\",\"changed\":[{\"id\":\"t%d\",\"version\":\"2026\",\"title\":\"A\"}]}"
                                .formatted(random.nextInt(50)));
        var headers = new ArrayList<Header>();
        boolean signed = random.nextInt(4) > 0;
        if (random.nextInt(10) == 0) {
            headers.add(new Header("X-Test-Signature", encoded(odd(random)) + "x"));
        }
        if (random.nextInt(10) == 0) {
            headers.add(new Header("X-Test-Time", encoded(odd(random)) + "1"));
        }
        if (random.nextBoolean()) {
            headers.add(new Header("X-Test-Delivery", "d" + random.nextInt(1000) + encoded(odd(random))));
        }
        more(random, headers, body);
        String query = random.nextInt(20) == 0 ? "?validationToken=" + encoded(odd(random)) : "";
        return new Input(
                number,
                "POST /api/webhooks",
                method(random, "POST"),
                crooked(random, path) + query,
                headers,
                query.isEmpty() || random.nextBoolean() ? body : new byte[0],
                signed);
    }

    private static void more(Random random, List<Header> headers, byte[] body) {
        int odd = random.nextInt(40);
        String type = odd < TYPES.size() ? TYPES.get(odd) : JSON;
        if (!type.isEmpty() && (body.length > 0 || random.nextInt(8) == 0)) {
            headers.add(new Header("Content-Type", type));
        }
        if (random.nextInt(12) == 0) {
            headers.add(MORE.get(random.nextInt(MORE.size())));
        }
    }

    private static String method(Random random, String right) {
        return random.nextInt(50) == 0 ? METHODS.get(random.nextInt(METHODS.size())) : right;
    }

    /** Written as proxies and scanners write it. */
    private static String crooked(Random random, String path) {
        return switch (random.nextInt(100)) {
            case 0 -> path + "/";
            case 1 -> path + "/" + encoded(odd(random));
            case 2 -> path.replaceFirst("/api", "/api/");
            case 3 -> path.replaceFirst("/api/", "/api/%2e%2e/api/");
            case 4 -> path.replaceFirst("/api/", "/api;v=1/");
            case 5 -> path.replaceFirst("integrations|webhooks", "$0%20");
            case 6 -> path + ".json";
            case 7 -> path + "%2f";
            default -> path;
        };
    }

    private static String odd(Random random) {
        return ODD.get(random.nextInt(ODD.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
