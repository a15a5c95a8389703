package io.dayflow.hub.icalendar;

import java.util.ArrayList;
import java.util.List;

/** Physical lines: at most 75 octets of UTF-8 without the line end, continued after a space or tab (RFC 5545 section 3.1). */
final class Folding {

    private static final int OCTETS = 75;

    private Folding() {}

    /** Folds between characters, never within one, and ends the line. */
    static String fold(CharSequence line, String eol) {
        StringBuilder out = new StringBuilder(line.length() + 16);
        int octets = 0;
        for (int i = 0; i < line.length(); ) {
            int c = Character.codePointAt(line, i);
            int size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (octets + size > OCTETS) {
                out.append(eol).append(' ');
                octets = 1;
            }
            out.appendCodePoint(c);
            octets += size;
            i += Character.charCount(c);
        }
        return out.append(eol).toString();
    }

    /** The content of one logical line, without folds and line ends. */
    static String unfold(String raw) {
        int newline = raw.indexOf('\n');
        if (newline < 0 || newline == raw.length() - 1) {
            return raw.substring(0, contentEnd(raw));
        }
        StringBuilder out = new StringBuilder(raw.length());
        boolean first = true;
        for (String physical : physical(raw)) {
            int end = contentEnd(physical);
            int start = first ? 0 : Math.min(1, end);
            out.append(physical, start, end);
            first = false;
        }
        return out.toString();
    }

    private static int contentEnd(String physical) {
        int end = physical.length();
        while (end > 0 && (physical.charAt(end - 1) == '\n' || physical.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    /** Logical lines as written, folds and line ends included; together they are the text. */
    static List<String> logical(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String physical : physical(text)) {
            boolean continued = physical.charAt(0) == ' ' || physical.charAt(0) == '\t';
            if (!continued && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(physical);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    private static List<String> physical(String text) {
        List<String> lines = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }
}
