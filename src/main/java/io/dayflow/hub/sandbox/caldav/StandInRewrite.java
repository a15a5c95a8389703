package io.dayflow.hub.sandbox.caldav;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Stores an object as some servers do: the properties of each component sorted by name, lines folded elsewhere, a property of
 * the server's own added, and LAST-MODIFIED set anew.
 */
final class StandInRewrite {

    private static final int WIDTH = 61;

    private StandInRewrite() {}

    static String rewrite(String ics) {
        List<String> lines = new ArrayList<>();
        for (String line : ics.split("\r?\n")) {
            if (!lines.isEmpty() && (line.startsWith(" ") || line.startsWith("\t"))) {
                lines.set(lines.size() - 1, lines.getLast() + line.substring(1));
            } else if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        return component(lines, new int[] {0}).stream()
                .map(StandInRewrite::fold)
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    /** The component that begins at the position, its own properties first; moves the position behind its END. */
    private static List<String> component(List<String> lines, int[] at) {
        String begin = lines.get(at[0]++);
        boolean isItem = begin.equals("BEGIN:VEVENT") || begin.equals("BEGIN:VTODO");
        boolean isRule =
                begin.equals("BEGIN:VTIMEZONE") || begin.equals("BEGIN:STANDARD") || begin.equals("BEGIN:DAYLIGHT");
        List<String> properties = new ArrayList<>();
        List<String> inner = new ArrayList<>();
        while (at[0] < lines.size() && !lines.get(at[0]).startsWith("END:")) {
            String line = lines.get(at[0]);
            if (line.startsWith("BEGIN:")) {
                inner.addAll(component(lines, at));
            } else {
                properties.add(line);
                at[0]++;
            }
        }
        at[0]++;
        if (isItem) {
            properties.removeIf(
                    line -> name(line).equals("LAST-MODIFIED") || name(line).equals("X-STANDIN-SEEN"));
            properties.add("LAST-MODIFIED:20300101T000000Z");
            properties.add("X-STANDIN-SEEN;X-BY=server:1");
        }
        if (!isRule) {
            properties.sort(Comparator.comparing(StandInRewrite::name));
        }
        List<String> all = new ArrayList<>();
        all.add(begin);
        all.addAll(properties);
        all.addAll(inner);
        all.add(begin.replaceFirst("BEGIN", "END"));
        return all;
    }

    private static String name(String line) {
        return line.split("[;:]", 2)[0];
    }

    private static String fold(String line) {
        StringBuilder folded = new StringBuilder();
        int width = 0;
        for (int i = 0; i < line.length(); ) {
            int codePoint = line.codePointAt(i);
            String character = Character.toString(codePoint);
            int bytes = character.getBytes(StandardCharsets.UTF_8).length;
            if (width + bytes > WIDTH) {
                folded.append("\r\n ");
                width = 1;
            }
            folded.append(character);
            width += bytes;
            i += character.length();
        }
        return folded.toString();
    }
}
