package io.dayflow.hub.storage;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one character that PostgreSQL holds neither in a text nor in a JSON document: it is taken out of what is stored. */
public final class Nul {

    /** In JSON it is written so, unless the backslash is itself an escaped one: then somebody wrote those six characters. */
    private static final Pattern ESCAPED = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

    private Nul() {}

    /** The text without it. */
    public static String outOf(String text) {
        return text.replace("\u0000", "");
    }

    /** The text without it, where there is one. */
    public static @Nullable String outOfOrNull(@Nullable String text) {
        return text == null ? null : outOf(text);
    }

    /** The JSON document, as a serialiser writes it, without it. */
    public static String outOfJson(String document) {
        return document.contains("\\u0000") ? ESCAPED.matcher(document).replaceAll("$1") : document;
    }
}
