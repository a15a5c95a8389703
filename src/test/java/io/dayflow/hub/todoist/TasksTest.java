package io.dayflow.hub.todoist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.mapping.Outputs;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks as they are received, one file for each situation, read and written. */
class TasksTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FIXTURES = Path.of("src/test/resources/fixtures/todoist");

    static List<String> situations() throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".received.json"))
                    .map(name -> name.replace(".received.json", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("situations")
    void isRead(String situation) {
        Mapped mapped = mapped(received(situation));

        JsonNode item = item(situation);
        assertThat(mapped.problems()).isEmpty();
        assertThat(mapped.collection()).isEqualTo(item.path("collection").asText());
        Mapped.Part part = mapped.parts().getFirst();
        assertThat(part.modifiedAt())
                .hasToString(instantText(item.path("modifiedAt").asText()));
        assertThat(fields(part)).isEqualTo(item.path("fields"));
    }

    /** What a task is read as is sent in a create such that the service, doing what it is told, shows the same again. */
    @ParameterizedTest
    @MethodSource("situations")
    void isWrittenAsItWasRead(String situation) {
        JsonNode fields = item(situation).path("fields");
        ObjectNode push = JSON.createObjectNode().put("itemId", "i");
        push.set("desired", fields);

        JsonNode state = Documents.inProject().with("push", push).run("task-out.jq", NullNode.getInstance());

        Mapped mapped = mapped(executed(state.path("commands")));
        assertThat(fields(mapped.parts().getFirst())).isEqualTo(fields);
    }

    /** What is shown is in Todoist's own form: no view of it differs from itself. */
    @ParameterizedTest
    @MethodSource("situations")
    void isShownAsItIs(String situation) {
        JsonNode fields = item(situation).path("fields");

        JsonNode view = Documents.plain().run("task-view.jq", fields);

        assertThat(present(view)).isEqualTo(fields);
    }

    private static Mapped mapped(JsonNode received) {
        Fetched object = new Fetched(received.path("id").asText(), null, received.toString());
        return Outputs.mapped(Documents.plain().outcome("task-in.jq", received), object, Kind.TASK);
    }

    private static JsonNode fields(Mapped.Part part) {
        ObjectNode fields = JSON.createObjectNode();
        part.view().fields().forEach(fields::set);
        return fields;
    }

    private static JsonNode present(JsonNode view) {
        ObjectNode present = JSON.createObjectNode();
        view.properties().forEach(field -> {
            JsonNode value = field.getValue();
            // no value, or nothing in it: a view takes both for an absent field
            if (!value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
                present.set(field.getKey(), field.getValue());
            }
        });
        return present;
    }

    /** The task after a service has executed the commands to the letter. */
    private static ObjectNode executed(JsonNode commands) {
        ObjectNode task = Documents.task("{}");
        for (JsonNode command : commands) {
            JsonNode args = command.path("args");
            switch (command.path("type").asText()) {
                case "item_add" -> task.setAll((ObjectNode) args);
                case "item_complete" -> {
                    assertThat(args.path("id")).isEqualTo(commands.path(0).path("temp_id"));
                    task.put("checked", true).set("completed_at", args.path("date_completed"));
                }
                default -> throw new AssertionError("unexpected " + command);
            }
        }
        return task;
    }

    private static String instantText(String text) {
        return java.time.Instant.parse(text).toString();
    }

    private static JsonNode received(String situation) {
        return read(FIXTURES.resolve(situation + ".received.json"));
    }

    private static JsonNode item(String situation) {
        return read(FIXTURES.resolve(situation + ".item.json"));
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
