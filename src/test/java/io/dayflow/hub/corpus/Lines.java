package io.dayflow.hub.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The content lines of a calendar object, unfolded: what a write may touch and what it may not. */
record Lines(List<String> titles, List<String> bookkeeping, List<String> others) {

    static Lines of(String text) {
        List<String> titles = new ArrayList<>();
        List<String> bookkeeping = new ArrayList<>();
        List<String> others = new ArrayList<>();
        Stream.of(text.replaceAll("\r?\n[ \t]", "").split("\r?\n")).forEach(line -> {
            switch (line.split("[:;]", 2)[0]) {
                case "SUMMARY" -> titles.add(line.substring(line.indexOf(':') + 1));
                case "DTSTAMP", "LAST-MODIFIED", "METHOD" -> bookkeeping.add(line);
                default -> others.add(line);
            }
        });
        return new Lines(List.copyOf(titles), List.copyOf(bookkeeping), List.copyOf(others));
    }
}
