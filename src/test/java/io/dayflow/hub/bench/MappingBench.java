package io.dayflow.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.mapping.CallOutput;
import io.dayflow.hub.mapping.Given;
import io.dayflow.hub.mapping.Inputs;
import io.dayflow.hub.mapping.Mapping;
import io.dayflow.hub.mapping.Outputs;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Push;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long a document takes for one task, from the service's text to a view and from a push to a request's text: a document
 * of the usual size, and those of Todoist as they are shipped, with a task that recurs.
 */
@Tag("bench")
class MappingBench {

    private static final double LIMIT = 50;
    private static final int ROUNDS = 60;
    private static final int REPEATS = 1_000;
    private static final BenchReport REPORT = new BenchReport();

    private static final String TASK = """
            {"id": "6X7rM8997g3RQmvh", "content": "Buy **milk** and bread", "description": "From the market\\n\\n- two loaves",
             "checked": false, "priority": 4, "due": {"date": "2026-03-01T09:00:00Z", "timezone": "Europe/Berlin",
             "is_recurring": true, "string": "every monday", "lang": "en"}, "deadline": {"date": "2026-03-04"},
             "duration": {"amount": 30, "unit": "minute"}, "labels": ["shop", "errand"], "responsible_uid": null,
             "parent_id": null, "child_order": 3, "project_id": "p1", "section_id": null, "user_id": "u1",
             "added_at": "2026-02-01T08:00:00.123456Z", "updated_at": "2026-02-02T08:00:00.123456Z",
             "completed_at": null, "is_deleted": false, "note_count": 0}
            """;

    private static final String IN = """
            def priority: {"4": "urgent", "3": "high", "2": "medium"}[tostring];
            {parts: [{
              fields: {
                title: .content,
                notes: (.description | select(. != "")),
                status: (if .checked then "completed" else "pending" end),
                completedAt: .completed_at,
                priority: (.priority | priority),
                due: .due.date,
                labels: .labels,
                list: $collection.name,
                estimate: (if .duration.unit == "minute" then .duration.amount else null end),
                parent: .parent_id,
                assignees: [.responsible_uid | values],
                url: "https://app.example/task/\\(.id)"
              },
              modifiedAt: .updated_at
            }]}
            """;

    private static final String OUT = """
            def priority: {urgent: 4, high: 3, medium: 2}[.] // 1;
            {method: "POST", path: "/sync", repeatable: true,
               json: {commands: [{type: "item_update", uuid: "\\(.itemId)-\\(.version)",
                 args: ({id: .externalId}
                   + (if .changed.title then {content: .desired.title} else {} end)
                   + (if .changed.notes then {description: (.desired.notes // "")} else {} end)
                   + (if .changed.labels then {labels: (.desired.labels // [])} else {} end)
                   + (if .changed.due then {due: {date: .desired.due}} else {} end)
                   + (if .changed.priority then {priority: ((.desired.priority // "") | priority)} else {} end))}]}}
            """;

    private static final ConnectionRef CONNECTION =
            new ConnectionRef(new UUID(1, 1), new UUID(1, 2), "acme", "https://api.acme.example/v1", "ada", Map.of());

    @AfterAll
    static void report() {
        System.out.println(REPORT.table());
        REPORT.write(Path.of("target", "bench-mapping.json"));
    }

    @Test
    void aTaskIsMappedInBothDirectionsWithinFiftyMicroseconds() {
        Mapping in = Mapping.compile("acme/task-in.jq", IN);
        Given given = new Given(
                Map.of("collection", () -> JsonNodeFactory.instance.objectNode().put("name", "Inbox")), "acme", "6X");
        Fetched task = new Fetched("6X7rM8997g3RQmvh", null, TASK);
        measure("task in", () -> Outputs.mapped(in.run(Inputs.of(task), given), task, Kind.TASK));

        View base = Outputs.mapped(in.run(Inputs.of(task), given), task, Kind.TASK)
                .parts()
                .getFirst()
                .view();
        View desired = base.with("title", JsonNodeFactory.instance.textNode("Buy oat milk"))
                .with("due", JsonNodeFactory.instance.textNode("2026-03-02"));
        Push push = new Push(new UUID(2, 2), Kind.TASK, "6X7rM8997g3RQmvh", "", "v1", base, desired, TASK, "uid-1");
        Mapping out = Mapping.compile("acme/task-out.jq", OUT);
        assertThat(CallOutput.read(out.run(Inputs.of(push), given), CONNECTION).body())
                .contains("Buy oat milk", "2026-03-02")
                .doesNotContain("labels");
        measure("task out", () -> CallOutput.read(out.run(Inputs.of(push), given), CONNECTION));
    }

    @Test
    void aTaskIsMappedByTheDocumentsOfTodoist() throws IOException {
        Mapping in = shipped("todoist/task-in.jq");
        Given given = new Given(Map.of(), "todoist", "6X");
        Fetched task = new Fetched("6X7rM8997g3RQmvh", null, TASK);
        measure(
                "task in, as Todoist's document does it",
                () -> Outputs.mapped(in.run(Inputs.of(task), given), task, Kind.TASK));

        View base = Outputs.mapped(in.run(Inputs.of(task), given), task, Kind.TASK)
                .parts()
                .getFirst()
                .view();
        assertThat(base.text("recurrence")).isEqualTo("FREQ=WEEKLY;BYDAY=MO");
        View desired = base.with("title", JsonNodeFactory.instance.textNode("Buy oat milk"));
        Push push = new Push(new UUID(2, 2), Kind.TASK, "6X7rM8997g3RQmvh", "", null, base, desired, TASK, "uid-1");
        Mapping out = shipped("todoist/task-out.jq");
        Given pushed = new Given(
                Map.of("push", () -> Inputs.of(push), "connection", () -> Inputs.connection(CONNECTION)),
                "todoist",
                "6X");
        assertThat(out.run(Inputs.of(task), pushed).value().toString())
                .contains("item_update", "Buy oat milk")
                .doesNotContain("labels");
        measure(
                "task out, as Todoist's document does it",
                () -> out.run(Inputs.of(task), pushed).value().toString());
    }

    private static Mapping shipped(String document) throws IOException {
        return Mapping.compile(document, Files.readString(Path.of("routes", document)));
    }

    private static void measure(String what, Supplier<Object> mapping) {
        List<Double> microseconds = new ArrayList<>();
        Object kept = null;
        for (int round = 0; round < ROUNDS; round++) {
            long from = System.nanoTime();
            for (int i = 0; i < REPEATS; i++) {
                kept = mapping.get();
            }
            if (round >= ROUNDS / 3) {
                microseconds.add((System.nanoTime() - from) / 1e3 / REPEATS);
            }
        }
        assertThat(kept).isNotNull();
        REPORT.add(
                what,
                Figures.median(microseconds),
                LIMIT,
                "µs",
                Map.of(
                        "slowest round",
                        Figures.quantile(microseconds, 1),
                        "rounds of " + REPEATS,
                        microseconds.size()));
    }
}
