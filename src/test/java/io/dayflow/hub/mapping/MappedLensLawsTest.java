package io.dayflow.hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.Seeds;
import io.dayflow.hub.item.View;
import io.dayflow.hub.merge.Lens;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The laws of {@link Lens}, for sides that hold tasks and events in a poorer form than the model. */
class MappedLensLawsTest {

    private static final int CASES = 2_000;
    private static final Set<String> TASK =
            Set.of("title", "notes", "status", "priority", "due", "labels", "progress", "completedAt", "url");
    private static final Set<String> EVENT =
            Set.of("title", "description", "start", "end", "location", "categories", "status", "colour");

    /** Knows three priorities, done or not, days only, titles without line ends; keeps no progress and at most one label. */
    private static final Lens TASKS = lens(Kind.TASK, TASK, """
            {title: (.title // "" | gsub("\\\\s*\\n\\\\s*"; " ")),
             notes: .notes,
             status: ({completed: "completed"}[.status] // "pending"),
             priority: ({urgent: "high"}[.priority // ""] // .priority),
             due: (if .due == null then null else .due[0:10] end),
             labels: ((.labels // [])[0:1]),
             completedAt: .completedAt,
             url: .url}
            """);

    /** Holds times to the minute, no tentative events, upper-case colours. */
    private static final Lens EVENTS = lens(Kind.EVENT, EVENT, """
            def minute: if . != null and test("T\\\\d\\\\d:\\\\d\\\\d:\\\\d\\\\d") then sub("(?<t>T\\\\d\\\\d:\\\\d\\\\d):\\\\d\\\\d"; "\\(.t):00") else . end;
            . + {start: (.start | minute), end: (.end | minute),
                 status: (if .status == "tentative" then null else .status end),
                 colour: (if .colour then (.colour | ascii_upcase) else null end)}
            """);

    @Test
    void whatWasAbsorbedIsWhatTheSideHolds() {
        Seeds.check(CASES, chance -> {
            Item item = chance.item();
            Lens lens = lens(item.kind());
            View view = lens.project(chance.chance(50) ? chance.edited(item) : chance.item(item.kind()));
            assertThat(lens.project(lens.absorb(item, view))).isEqualTo(view);
        });
    }

    @Test
    void whatTheSideHoldsAlreadyChangesNothing() {
        Seeds.check(CASES, chance -> {
            Item item = chance.item();
            Lens lens = lens(item.kind());
            assertThat(lens.absorb(item, lens.project(item))).isEqualTo(item);
        });
    }

    @Test
    void whatWasCreatedIsWhatTheSideHolds() {
        Seeds.check(CASES, chance -> {
            Item item = chance.item();
            Lens lens = lens(item.kind());
            View view = lens.project(item);
            assertThat(lens.project(lens.create(view))).isEqualTo(view);
        });
    }

    @Test
    void anEditOfOneFieldLeavesTheOthersAsRichAsTheyWere() {
        Item item = Item.of(View.of(
                Kind.TASK,
                Map.of(
                        "title", text("Milk"),
                        "priority", text("urgent"),
                        "due", text("2026-03-01T09:00:00+01:00[Europe/Berlin]"))));

        Item absorbed = TASKS.absorb(item, TASKS.project(item).with("title", text("Bread")));

        assertThat(absorbed.view().text("title")).isEqualTo("Bread");
        assertThat(absorbed.view().text("priority")).isEqualTo("urgent");
        assertThat(absorbed.view().text("due")).isEqualTo("2026-03-01T09:00:00+01:00[Europe/Berlin]");
    }

    @Test
    void aFieldThatMakesTheDocumentFailIsHeldAsItIs() {
        Lens lens = lens(Kind.TASK, Set.of("title", "priority"), """
                {title: (if .title == "bad" then error("odd") else .title end),
                 priority: ({urgent: "high"}[.priority // ""] // .priority)}
                """);
        Item item = Item.of(View.of(Kind.TASK, Map.of("title", text("bad"), "priority", text("urgent"))));

        assertThat(lens.project(item).text("title")).isEqualTo("bad");
        assertThat(lens.project(item).text("priority")).isEqualTo("high");
    }

    @Test
    void aSideOfEventsHoldsTheirTimes() {
        assertThatThrownBy(() -> lens(Kind.EVENT, Set.of("title"), "."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start and end");
    }

    private static Lens lens(Kind kind) {
        return switch (kind) {
            case TASK -> TASKS;
            case EVENT -> EVENTS;
        };
    }

    private static Lens lens(Kind kind, Set<String> fields, String source) {
        Mapping document = Mapping.compile("acme/" + kind.id() + "-view.jq", source);
        return new MappedLens(kind, fields, "acme", () -> document);
    }

    private static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }
}
