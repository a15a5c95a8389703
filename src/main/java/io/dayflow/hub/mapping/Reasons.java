package io.dayflow.hub.mapping;

/** Messages of the jq engine, made short enough for a line of log. */
final class Reasons {

    private static final int LONGEST = 300;

    private Reasons() {}

    /** What the compiler found, without the long list of what it would have taken. */
    static String ofCompiler(String message) {
        return brief(message.replaceAll("(?s)\\.?\\s*Was expecting.*", ""));
    }

    static String brief(String message) {
        String line = message.strip().replaceAll("\\s+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
