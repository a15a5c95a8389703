package io.dayflow.hub.corpus;

import io.dayflow.hub.SharedData;
import io.dayflow.hub.icalendar.CorpusMeaning;
import io.dayflow.hub.server.DavClient;
import io.dayflow.hub.server.DavException;
import java.net.URI;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A calendar on a real server with the files that it takes.
 *
 * @param name what the calendar is called
 * @param files where each file lies, by its number
 * @param otherReasons why a file cannot be read, where the server made that another reason than the file gives
 */
record Shelf(String name, URI uri, SortedMap<String, URI> files, Map<String, String> otherReasons) {

    /** Makes a calendar and puts every file there that the server takes. */
    static Shelf fill(DavClient client, URI home, String name, Map<String, String> otherReasons) {
        URI calendar = client.makeCalendar(home, name.toLowerCase(java.util.Locale.ROOT), name, "VEVENT");
        SortedMap<String, URI> files = new TreeMap<>();
        SharedData.calendarObjects().forEach((file, text) -> {
            URI object = calendar.resolve(file);
            try {
                client.create(object, text);
                files.put(file.substring(0, 2), object);
            } catch (DavException refused) {
                // which ones are refused is the caller's to judge
            }
        });
        return new Shelf(name, calendar, files, otherReasons);
    }

    /** The reasons of what cannot be read, by place ({@code href part}). */
    SortedMap<String, String> problems() {
        SortedMap<String, String> problems = new TreeMap<>();
        files.forEach((number, uri) -> CorpusMeaning.problems(number)
                .forEach((key, reason) -> problems.put(uri.getPath() + " " + key, otherReasons.getOrDefault(number, reason))));
        return problems;
    }

    /** Address and version and text of everything that the server holds now. */
    Map<String, DavClient.Stored> stored(DavClient client) {
        return client.list(uri).keySet().stream().collect(Collectors.toMap(URI::getPath, client::get));
    }
}
