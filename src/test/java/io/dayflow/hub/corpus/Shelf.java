package io.dayflow.hub.corpus;

import io.dayflow.hub.SharedData;
import io.dayflow.hub.icalendar.CorpusMeaning;
import io.dayflow.hub.server.DavClient;
import io.dayflow.hub.server.DavException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * A calendar on a real server with the files that it takes.
 *
 * @param name what the calendar is called
 * @param files where each file lies, by its number
 * @param otherReasons why a file cannot be read, where the server made that another reason than the file gives
 */
record Shelf(String name, URI uri, SortedMap<String, URI> files, Map<String, String> otherReasons) {

    /** Puts every file there that the server takes. */
    static Shelf fill(URI calendar, String name, Map<String, String> otherReasons, BiConsumer<URI, String> store) {
        SortedMap<String, URI> files = new TreeMap<>();
        SharedData.calendarObjects().forEach((file, text) -> {
            URI object = calendar.resolve(file);
            if (isTaken(object, text, store)) {
                files.put(file.substring(0, 2), object);
            }
        });
        return new Shelf(name, calendar, files, otherReasons);
    }

    /** Which ones are refused is the caller's to judge. A server may hang up after it refused, and is asked again then. */
    private static boolean isTaken(URI object, String text, BiConsumer<URI, String> store) {
        for (int attempt = 1; ; attempt++) {
            try {
                store.accept(object, text);
                return true;
            } catch (DavException refused) {
                return attempt > 1 && refused.status() == 412;
            } catch (UncheckedIOException hungUp) {
                if (attempt == 5) {
                    throw hungUp;
                }
            }
        }
    }

    /** The number of the file that lies at a place ({@code href part}). */
    String number(String place) {
        return files.keySet().stream()
                .filter(number -> place.startsWith(files.get(number).getPath() + " "))
                .findFirst()
                .orElseThrow();
    }

    /** The reasons of what cannot be read, by place ({@code href part}). */
    SortedMap<String, String> problems() {
        SortedMap<String, String> problems = new TreeMap<>();
        files.forEach((number, uri) -> CorpusMeaning.problems(number)
                .forEach((key, reason) ->
                        problems.put(uri.getPath() + " " + key, otherReasons.getOrDefault(number, reason))));
        return problems;
    }

    /** Address and version and text of everything that the server holds now. */
    Map<String, DavClient.Stored> stored(DavClient client) {
        return client.list(uri).keySet().stream().collect(Collectors.toMap(URI::getPath, client::get));
    }
}
