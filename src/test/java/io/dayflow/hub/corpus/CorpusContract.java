package io.dayflow.hub.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dayflow.hub.icalendar.CorpusMeaning;
import io.dayflow.hub.server.DavClient;
import io.dayflow.hub.server.DavException;
import io.dayflow.hub.server.DayflowDatabase;
import io.dayflow.hub.server.HubProcess;
import io.dayflow.hub.server.ServerLogs;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What holds for the files of real writers on any server. */
@ExtendWith(ServerLogs.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CorpusContract {

    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "Europe/London",
            "Europe/Dublin",
            "Europe/Istanbul",
            "Africa/Cairo",
            "Africa/Casablanca",
            "America/New_York",
            "America/Los_Angeles",
            "America/Sao_Paulo",
            "America/St_Johns",
            "America/Caracas",
            "America/Anchorage",
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "Asia/Tokyo",
            "Asia/Tehran",
            "Asia/Gaza",
            "Australia/Lord_Howe",
            "Australia/Eucla",
            "Pacific/Apia",
            "Pacific/Chatham",
            "Pacific/Kiritimati",
            "Pacific/Pago_Pago",
            "Etc/GMT+12");

    @TempDir
    static Path folder;

    private HubProcess hub;
    private DayflowDatabase database;

    /** Starts the server with its data in this folder. */
    abstract void startServer(Path folder);

    abstract void stopServer();

    abstract URI server();

    abstract URI home();

    abstract DavClient client();

    /** The numbers of the files that the server refuses. */
    abstract Set<String> refused();

    /** The numbers of the files that lie on the server and that it would not take from the hub again. */
    Set<String> refusedFromTheHub() {
        return Set.of();
    }

    /** Stores a file; the server may refuse it with a {@link DavException}. */
    void store(URI object, String text) {
        client().create(object, text);
    }

    /** What cannot be read for another reason than in the file, as the server changes it: reasons by the file's number. */
    Map<String, String> otherReasons() {
        return Map.of();
    }

    @BeforeAll
    void start() throws Exception {
        startServer(Files.createDirectories(folder.resolve(getClass().getSimpleName())));
        hub = HubProcess.in(Files.createDirectories(folder.resolve(getClass().getSimpleName() + "-hub")))
                .start();
        database = hub.database();
    }

    @AfterAll
    void stop() {
        if (database != null) {
            database.close();
        }
        if (hub != null) {
            hub.close();
        }
        stopServer();
    }

    private Shelf shelf(String name) {
        Shelf shelf = Shelf.fill(
                client().makeCalendar(home(), name.toLowerCase(Locale.ROOT), name, "VEVENT"),
                name,
                otherReasons(),
                this::store);
        Set<String> missing = new TreeSet<>(CorpusMeaning.numbers());
        missing.removeAll(shelf.files().keySet());
        assertThat(missing).as("files that the server refuses").isEqualTo(refused());
        return shelf;
    }

    private Reader reader(Shelf shelf, String zone) {
        return Reader.connect(hub, database, server(), shelf.name(), zone);
    }

    @Test
    void everyFileIsRightForUsersInAllPartsOfTheWorldAndASecondSyncWritesNothing() {
        Shelf shelf = shelf("World");
        Map<String, DavClient.Stored> before = shelf.stored(client());
        List<Reader> readers = ZONES.stream().map(zone -> reader(shelf, zone)).toList();
        readers.forEach(Reader::sync);
        for (Reader reader : readers) {
            assertThat(reader.rows()).as(reader.zone()).isEqualTo(ExpectedRow.all(shelf, ZoneId.of(reader.zone())));
            assertThat(reader.deadLetters("inbound")).as(reader.zone()).isEqualTo(shelf.problems());
            assertThat(reader.client().conflicts("open")).as(reader.zone()).isEmpty();
        }
        List<List<Map<String, Object>>> written =
                readers.stream().map(Reader::writes).toList();

        readers.forEach(Reader::sync);

        assertThat(readers.stream().map(Reader::writes).toList()).isEqualTo(written);
        for (Reader reader : readers) {
            assertThat(reader.deadLetters("inbound")).as(reader.zone()).isEqualTo(shelf.problems());
            assertThat(reader.deadLetters("outbound")).as(reader.zone()).isEmpty();
        }
        assertThat(shelf.stored(client())).isEqualTo(before);
    }

    @Test
    void aUserWhoMovesThroughEveryZoneKeepsAllDayEventsOnTheirDays() {
        Shelf shelf = shelf("Moving");
        Map<String, DavClient.Stored> before = shelf.stored(client());
        Reader reader = reader(shelf, "UTC");
        reader.sync();
        SortedMap<String, SortedMap<String, ExpectedRow>> wrong = new TreeMap<>();
        List<String> zones = new ArrayList<>(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        zones.remove("UTC");
        for (String zone : zones) {
            database.execute("update public.users set timezone = ? where id = ?", zone, reader.user());
            await(zone)
                    .atMost(Duration.ofSeconds(30))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> database.query("""
                            select 1 from hub.link l join hub.item i on i.id = l.item_id
                            where i.user_id = ? and l.connection_id is null and l.zone is distinct from ?
                            """, reader.user(), zone).isEmpty());
            SortedMap<String, ExpectedRow> rows = reader.rows();
            if (!rows.equals(ExpectedRow.all(shelf, ZoneId.of(zone)))) {
                wrong.put(zone, rows);
            }
        }
        assertThat(wrong).as("of %s zones", zones.size()).isEmpty();
        reader.awaitAgreement();
        reader.sync();
        assertThat(reader.rows()).isEqualTo(ExpectedRow.all(shelf, ZoneId.of(zones.getLast())));
        assertThat(shelf.stored(client())).isEqualTo(before);
        assertThat(reader.deadLetters("outbound")).isEmpty();
    }

    @Test
    void anEventRenamedInDayflowDiffersOnTheServerInItsTitleOnly() {
        Shelf shelf = shelf("Renamed");
        Reader reader = reader(shelf, "Europe/Berlin");
        reader.sync();
        Map<String, DavClient.Stored> before = shelf.stored(client());
        Map<String, String> renamed = new TreeMap<>();
        for (Map<String, Object> row : reader.linked()) {
            String title = "Renamed " + renamed.size() + ": ä, ö; \\ é";
            renamed.put((String) row.get("place"), title);
            database.update("calendar_events", (UUID) row.get("id"), Map.of("title", title));
        }
        reader.awaitAgreement();

        Map<String, DavClient.Stored> after = shelf.stored(client());
        assertThat(after.keySet()).isEqualTo(before.keySet());
        URI scratch = client().makeCalendar(home(), "scratch", "Scratch", "VEVENT");
        shelf.files().forEach((number, uri) -> {
            DavClient.Stored was = before.get(uri.getPath());
            DavClient.Stored is = after.get(uri.getPath());
            List<String> wanted = CorpusMeaning.parts(number).stream()
                    .map(part -> renamed.get(uri.getPath() + " " + part.key()))
                    .toList();
            if (wanted.isEmpty() || refusedFromTheHub().contains(number)) {
                assertThat(is).as(number).isEqualTo(was);
            } else {
                URI again = scratch.resolve(number + ".ics");
                client().create(again, was.body());
                assertTitlesOnly(number, Lines.of(client().get(again).body()), Lines.of(is.body()), wanted);
            }
        });
        assertThat(reader.deadLetters("outbound").keySet().stream().map(shelf::number))
                .containsExactlyInAnyOrderElementsOf(refusedFromTheHub());
        List<Map<String, Object>> written = reader.writes();
        reader.sync();
        assertThat(reader.rows().values().stream().map(ExpectedRow::title))
                .containsExactlyInAnyOrderElementsOf(renamed.values());
        assertThat(shelf.stored(client())).isEqualTo(after);
        assertThat(reader.client().conflicts("open")).isEmpty();
        reader.sync();
        assertThat(shelf.stored(client())).isEqualTo(after);
        assertThat(reader.writes().stream()
                        .filter(write -> write.get("what").equals("row"))
                        .toList())
                .isEqualTo(written.stream()
                        .filter(write -> write.get("what").equals("row"))
                        .toList());
    }

    /** Both texts went through the server once after they were read, so that what it rewrites by itself is no difference. */
    private static void assertTitlesOnly(String number, Lines was, Lines is, List<String> wanted) {
        assertThat(is.others()).as(number).isEqualTo(was.others());
        List<String> titles = wanted.stream()
                .map(title -> title.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;"))
                .toList();
        assertThat(is.titles()).as(number).containsAll(titles);
        assertThat(is.titles()).as(number).hasSize(Math.max(was.titles().size(), wanted.size()));
        Stream<String> kept = is.titles().stream().filter(title -> !titles.contains(title));
        assertThat(was.titles()).as(number).containsAll(kept.toList());
    }
}
