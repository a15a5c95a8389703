package io.dayflow.hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function of ours is on the page for integrators, and does what the example there says. */
class FunctionsTest {

    private static final Path PAGE = Path.of("docs/mappings.md");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z0-9_]+)(?:\\(([^)]*)\\))?` \\|[^|]*\\| `(.+)` → `(.+)` \\|");

    @Test
    void thePageNamesEveryFunction() throws IOException {
        Set<String> named = new TreeSet<>();
        rows().forEach(row -> named.add(row.get(0)));

        assertThat(named)
                .as("the functions in the tables of %s, by name and number of arguments", PAGE)
                .isEqualTo(Functions.ours().keySet());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExampleIsTrue(String expression, String output) throws IOException {
        var value = Mapping.compile("example.jq", expression)
                .run(JSON.nullNode(), Given.NOTHING)
                .value();

        assertThat(value).isEqualTo(JSON.readTree(output));
    }

    @Test
    void whatIsNoTimeSaysWhatIsAccepted() {
        assertThatThrownBy(() -> run("\"tomorrow\" | when"))
                .hasMessageContaining("when: \"tomorrow\" is no date (2026");
        assertThatThrownBy(() -> run("\"2026-03-01\" | instant")).hasMessageContaining("instant(\"Europe/Berlin\")");
        assertThatThrownBy(() -> run("\"2026-03-01\" | instant(\"Mars\")")).hasMessageContaining("no zone \"Mars\"");
        assertThatThrownBy(() -> run("5 | md_to_html")).hasMessageContaining("md_to_html: a text is taken here");
    }

    @Test
    void timesThatClocksSkipOrRepeatKeepTheirInstant() throws IOException {
        assertThat(run("\"2026-10-25T00:30:00Z\" | zoned(\"Europe/Berlin\") | instant"))
                .isEqualTo("2026-10-25T00:30:00Z");
        assertThat(run("\"2026-10-25T01:30:00Z\" | zoned(\"Europe/Berlin\") | instant"))
                .isEqualTo("2026-10-25T01:30:00Z");
        assertThat(run("\"2026-03-29T02:30:00\" | zoned(\"Europe/Berlin\") | instant"))
                .isEqualTo("2026-03-29T01:30:00Z");
        assertThat(run("\"2026-03-01T09:00:00.123456Z\" | zoned(\"Nowhere/None\"; \"s\")"))
                .isEqualTo("2026-03-01T09:00:00Z");
    }

    private static String run(String expression) throws IOException {
        return Mapping.compile("example.jq", expression)
                .run(JSON.readTree("null"), Given.NOTHING)
                .value()
                .asText();
    }

    private static Stream<Arguments> examples() throws IOException {
        return rows().map(row -> Arguments.of(row.get(1), row.get(2)));
    }

    /** Name and number of arguments, expression, output. */
    private static Stream<List<String>> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE)).results().map(row -> {
            String arguments = row.group(2) == null ? "" : row.group(2);
            int count = arguments.isBlank() ? 0 : arguments.split(";").length;
            return List.of(row.group(1) + "/" + count, row.group(3).replace("\\|", "|"), row.group(4));
        });
    }
}
