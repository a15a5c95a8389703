package io.dayflow.hub.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks JSON in the ways that parsers, databases and programs stumble over. */
final class Mutations {

    /** A value of JSON: a text, a number, a word, or an empty container. */
    private static final Pattern VALUE =
            Pattern.compile("(?<=[:\\[,])(\"[^\"]*\"|-?[0-9]+|true|false|null|\\{}|\\[])(?=[,}\\]])");

    private static final Pattern NAME = Pattern.compile("\"([A-Za-z]+)\":");

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "-0.0",
            "99999999999999999999999999",
            "1e-999999999",
            "9".repeat(1200),
            "[]",
            "{}",
            "[[]]",
            "{\"\":null}",
            "[null]",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\ud83d\"",
            "\"\\ud83d\\ude00\"",
            "\"\\u202e\\u200b\"",
            "\"'; drop table hub.item; --\"",
            "\"${jndi:ldap://127.0.0.1/a}\"",
            "\"#{7*7}\"",
            "\"../../../etc/passwd\"",
            "\"-infinity\"",
            "\"2026-13-45T99:99:99Z\"",
            "\"+999999999-01-01T00:00:00Z\"",
            "\"+300000-01-01\"",
            "\"http://[::1\"",
            "\"https://\\u0001/\"",
            "\"00000000-0000-0000-0000-000000000000\"",
            "\"1-1-1-1-1\"",
            "\"\\",
            "NaN",
            "undefined",
            "/*");

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    /** The text, broken none to three times, as bytes. */
    byte[] of(String json) {
        String text = json;
        int times = random.nextInt(4);
        for (int i = 0; i < times; i++) {
            text = once(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(25)) {
            case 0 -> spoilt(bytes);
            case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 2 -> text.getBytes(StandardCharsets.UTF_16);
            case 3 -> new byte[0];
            case 5 -> "a=%zz&%&b=%ff".getBytes(StandardCharsets.US_ASCII);
            case 4 -> with(bytes, new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
            default -> bytes;
        };
    }

    private String once(String text) {
        return switch (random.nextInt(10)) {
            case 9 -> replaced(text, Shapes.quoted(noise(random.nextInt(6_000))));
            case 0 -> replaced(text, nested(1 + random.nextInt(random.nextInt(8) == 0 ? 20_000 : 300)));
            case 1 ->
                replaced(text, Shapes.quoted("x".repeat(random.nextInt(random.nextInt(20) == 0 ? 200_000 : 3_000))));
            case 2 ->
                NAME.matcher(text)
                        .replaceFirst(name -> name.group() + "1," + name.group().replace("$", ""));
            case 3 -> NAME.matcher(text).replaceFirst(Shapes.quoted("unknown" + random.nextInt(9)) + ":");
            case 4 -> text.isEmpty() ? text : spliced(text);
            default -> replaced(text, VALUES.get(random.nextInt(VALUES.size())));
        };
    }

    private String replaced(String text, String value) {
        var places = VALUE.matcher(text).results().toList();
        if (places.isEmpty()) {
            return random.nextInt(3) == 0
                    ? value
                    : text.replaceFirst("}$", Matcher.quoteReplacement(",\"x\":" + value + "}"));
        }
        var place = places.get(random.nextInt(places.size()));
        return text.substring(0, place.start()) + value + text.substring(place.end());
    }

    private String spliced(String text) {
        int at = random.nextInt(text.length());
        return text.substring(0, at) + "{}[],:\"\\ \t\n\u0000\u2028".charAt(random.nextInt(13)) + text.substring(at);
    }

    /** Text that does not get shorter by being compressed. */
    private String noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private String nested(int depth) {
        return random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private byte[] spoilt(byte[] bytes) {
        byte[] spoilt = bytes.clone();
        for (int i = 0; i < 1 + random.nextInt(3) && spoilt.length > 0; i++) {
            spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
        }
        return spoilt;
    }

    private static byte[] with(byte[] bytes, byte[] before) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(before);
        out.writeBytes(bytes);
        return out.toByteArray();
    }
}
