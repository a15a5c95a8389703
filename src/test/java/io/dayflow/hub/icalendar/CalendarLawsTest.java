package io.dayflow.hub.icalendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.SharedData;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.item.When;
import io.dayflow.hub.provider.Mapped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for every object and every edit, tried with random ones. {@code -Dseed=} repeats a run. */
class CalendarLawsTest {

    private static final long SEED = Long.getLong("seed", 20260301L);
    private static final int ROUNDS = Integer.getInteger("rounds", 1000);
    private static final Stamp STAMP = new Stamp(Instant.parse("2026-11-01T00:00:00Z"), false);
    private static final Set<String> BOOKKEEPING = Set.of("DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "METHOD");

    private static View read(String text) throws UnreadableObject {
        Reading reading = CalendarObject.parse(text).read();
        assertThat(reading.problems()).as(text).isEmpty();
        assertThat(reading.parts()).as(text).hasSize(1);
        return reading.parts().getFirst().view();
    }

    private static View held(View view, String uid) {
        View held = view.only(CalendarFields.of(view.kind()));
        return held.with("uid", TextNode.valueOf(uid));
    }

    @Test
    void whatIsCreatedReadsBack() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            long seed = SEED + i;
            View view = new Generated(seed).view();
            String text = CalendarObject.create(view, "uid-" + i, STAMP);
            assertThat(read(text)).as("seed %d%n%s", seed, text).isEqualTo(held(view, "uid-" + i));
            assertThat(text.split("\r\n"))
                    .as("seed %d", seed)
                    .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
        }
    }

    @Test
    void theZonesOfACreatedObjectAreDescribedForReadersThatKnowNone() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            long seed = SEED + i;
            View view = new Generated(seed).event();
            String text = CalendarObject.create(view, "uid", STAMP);
            String renamed = text.replaceAll("TZID([=:])([A-Z][a-z]+)/", "TZID$1$2 of ");
            assertThat(instants(read(renamed))).as("seed %d%n%s", seed, text).isEqualTo(instants(view));
        }
    }

    /** What the times that are told in a zone mean. */
    private static List<Instant> instants(View view) {
        List<Instant> instants = new ArrayList<>();
        for (String field : List.of("start", "end", "rdates", "exdates")) {
            JsonNode value = view.get(field);
            if (value != null) {
                (value.isTextual() ? List.of(value) : value).forEach(time -> {
                    if (When.parse(time.asText()) instanceof When.Zoned zoned) {
                        instants.add(zoned.dateTime().toInstant());
                    }
                });
            }
        }
        return instants.stream().sorted().toList();
    }

    @Test
    void aPatchGivesWhatIsDesiredAndTouchesNothingElse() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            long seed = SEED + i;
            Generated generated = new Generated(seed);
            String text = CalendarObject.create(generated.view(), "uid", STAMP)
                    .replace("DTSTAMP", "X-KEPT;X-P=\"a;b\":one\r\n  two\r\nDTSTAMP");
            View current = read(text);
            View desired = generated.edited(current);
            String patched = CalendarObject.parse(text).patch("uid", current, desired, STAMP);
            assertThat(read(patched)).as("seed %d%n%s%n%s", seed, text, patched).isEqualTo(desired);
            if (current.equals(desired)) {
                assertThat(patched).as("seed %d", seed).isEqualTo(text);
            }
            assertThat(patched).as("seed %d", seed).contains("X-KEPT;X-P=\"a;b\":one\r\n  two\r\n");
            assertThat(CalendarObject.parse(patched).patch("uid", desired, desired, STAMP))
                    .isEqualTo(patched);
        }
    }

    @Test
    void anEditedFileOfARealWriterKeepsEveryLineThatIsNotEdited() throws Exception {
        for (var file : SharedData.calendarObjects().entrySet()) {
            CalendarObject object = CalendarObject.parse(file.getValue());
            for (Mapped.Part part : object.read().parts()) {
                for (int i = 0; i < 60; i++) {
                    long seed = SEED + i;
                    View current = part.view();
                    View desired = edited(current, new Generated(seed));
                    String patched = object.patch(part.key(), current, desired, STAMP);
                    Reading reading = CalendarObject.parse(patched).read();
                    View after = reading.parts().stream()
                            .filter(found -> found.key().equals(part.key()))
                            .findFirst()
                            .orElseThrow()
                            .view();
                    assertThat(after)
                            .as("%s seed %d%n%s", file.getKey(), seed, patched)
                            .isEqualTo(desired);
                    assertThat(lines(patched))
                            .as("%s seed %d", file.getKey(), seed)
                            .containsAll(untouchable(file.getValue()));
                }
            }
        }
    }

    /** Orphans hold no series. */
    private static View edited(View current, Generated generated) {
        View edited = generated.edited(current);
        boolean orphan = current.text("uid") != null && current.text("uid").contains("/");
        View desired = orphan
                ? edited.with("recurrence", null)
                        .with("rdates", null)
                        .with("exdates", null)
                        .with("overrides", null)
                : edited;
        return Item.of(desired).view();
    }

    private static List<String> lines(String text) {
        return Folding.logical(text);
    }

    /** Lines that no canonical field stands for. */
    private static List<String> untouchable(String text) {
        return lines(text).stream()
                .filter(line -> line.startsWith("X-") && !line.startsWith("X-GOOGLE-CONFERENCE")
                        || line.startsWith("ORGANIZER")
                        || line.startsWith("UID")
                        || line.startsWith("ATTACH")
                        || line.startsWith("CREATED")
                        || line.startsWith("TZ"))
                .filter(line -> BOOKKEEPING.stream().noneMatch(line::startsWith))
                .filter(line -> !line.startsWith("X-WR-ALARMUID") && !line.startsWith("UID:0CF835D0"))
                .toList();
    }

    @Test
    void damagedFilesAreKeptAndNeverBreakTheReader() {
        List<String> texts = new ArrayList<>(SharedData.calendarObjects().values());
        Random random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            String text = damaged(texts.get(random.nextInt(texts.size())), random);
            String round = "seed " + SEED + " round " + i;
            assertThat(Document.parse(text).text()).as(round).isEqualTo(text);
            long before = System.nanoTime();
            assertThatCode(() -> readAndPatch(text)).as("%s%n%s", round, text).doesNotThrowAnyException();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).as(round).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static void readAndPatch(String text) {
        try {
            CalendarObject object = CalendarObject.parse(text);
            for (Mapped.Part part : object.read().parts()) {
                assertThat(object.patch(part.key(), part.view(), part.view(), STAMP))
                        .isEqualTo(text);
                View desired = part.view().with("title", TextNode.valueOf("new"));
                String patched = object.patch(part.key(), part.view(), desired, STAMP);
                assertThat(CalendarObject.parse(patched).read().parts())
                        .anySatisfy(after -> assertThat(after.view()).isEqualTo(desired));
                object.without(part.key());
            }
        } catch (UnreadableObject e) {
            assertThat(e).hasMessageContaining("object");
        }
    }

    private static String damaged(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int n = 1 + random.nextInt(12); n > 0; n--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) ";:,\"\\\r\n =^-.0Z".charAt(random.nextInt(14));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, random.nextInt(20) == 0 ? at : bytes.length));
                default -> {
                    int length = Math.min(random.nextInt(60), bytes.length - at);
                    int to = random.nextInt(bytes.length - length + 1);
                    System.arraycopy(bytes.clone(), at, bytes, to, length);
                }
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
