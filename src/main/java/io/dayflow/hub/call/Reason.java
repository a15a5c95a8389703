package io.dayflow.hub.call;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The short reason that a service gives in plain text, made safe to show. */
final class Reason {

    private static final int LONGEST = 120;
    private static final Pattern JSON = Pattern.compile("application/([\\w.-]+\\+)?json\\b", Pattern.CASE_INSENSITIVE);

    private Reason() {}

    static boolean isJson(@Nullable String contentType) {
        return contentType != null && JSON.matcher(contentType.strip()).lookingAt();
    }

    /**
     * The first line of a plain-text body in brackets, at most 120 characters, or an empty text. Whatever looks like a
     * token, an address with a query or a mail address is left out, since services echo what they were sent.
     */
    static String of(@Nullable String contentType, String excerpt) {
        if (contentType == null || !contentType.strip().toLowerCase(Locale.ROOT).startsWith("text/plain")) {
            return "";
        }
        return of(excerpt);
    }

    /** What a service says for people, likewise; an empty text where it says nothing. */
    static String of(@Nullable String said) {
        String line = (said == null ? "" : said).strip().lines().findFirst().orElse("");
        String safe = line.replaceAll("\\p{C}", " ")
                .replaceAll("(?i)\\b(basic|bearer|token|key|secret|password)\\b\\S*\\s+\\S+", "…")
                .replaceAll("\\S*[?=@]\\S*", "…")
                .replaceAll("[A-Za-z0-9_\\-./+]{20,}", "…")
                .strip();
        if (safe.isEmpty()) {
            return "";
        }
        return " (" + (safe.length() > LONGEST ? safe.substring(0, LONGEST) + "…" : safe) + ")";
    }
}
