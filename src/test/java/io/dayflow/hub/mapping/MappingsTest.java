package io.dayflow.hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import io.dayflow.hub.livefile.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingsTest {

    @TempDir
    Path routes;

    private final Refusals refusals = new Refusals(Clock.systemUTC());
    private Mappings mappings;
    private int writes;

    @BeforeEach
    void folder() throws IOException {
        mappings = new Mappings(routes, refusals);
        Files.createDirectories(routes.resolve("acme"));
    }

    @Test
    void anEditedDocumentIsUsed() throws IOException {
        write("1");
        assertThat(output()).isEqualTo(1);

        write("2");
        mappings.changed("acme/one.jq");

        assertThat(output()).isEqualTo(2);
    }

    @Test
    void aBrokenEditIsRefusedWithItsLineAndTheLastGoodOneGoesOn() throws IOException {
        write("1");
        output();

        write("{\n  a: if\n}");
        mappings.changed("acme/one.jq");

        assertThat(output()).isEqualTo(1);
        assertThat(refusals.all()).singleElement().satisfies(refusal -> {
            assertThat(refusal.file()).isEqualTo("routes/acme/one.jq");
            assertThat(refusal.line()).isEqualTo(3);
        });

        write("3");
        mappings.changed("acme/one.jq");

        assertThat(output()).isEqualTo(3);
        assertThat(refusals.all()).isEmpty();
    }

    @Test
    void aDocumentThatWasNeverGoodFailsWhoAsksForIt() throws IOException {
        write("}");

        assertThatThrownBy(this::output).isInstanceOf(InvalidMapping.class).hasMessageContaining("acme/one.jq line 1");
        assertThat(refusals.all()).hasSize(1);

        Files.delete(routes.resolve("acme/one.jq"));
        mappings.changed("acme/one.jq");

        assertThat(refusals.all()).isEmpty();
        assertThatThrownBy(this::output).hasMessageContaining("no such file");
    }

    @Test
    void aDocumentThatIsTakenAwayWhileItIsUsedGoesOn() throws IOException {
        write("1");
        output();

        Files.delete(routes.resolve("acme/one.jq"));
        mappings.changed("acme/one.jq");

        assertThat(output()).isEqualTo(1);
        assertThat(refusals.all()).hasSize(1);
    }

    @Test
    void documentsOutsideOfTheFolderAreNobodys() {
        assertThatThrownBy(() -> mappings.get("../secret.jq")).hasMessageContaining("by its path below routes");
        assertThatThrownBy(() -> mappings.get("acme/one.yaml")).hasMessageContaining("by its path below routes");
    }

    private int output() {
        return mappings.get("acme/one.jq")
                .run(NullNode.getInstance(), Given.NOTHING)
                .value()
                .intValue();
    }

    private void write(String source) throws IOException {
        Path file = Files.writeString(routes.resolve("acme/one.jq"), source);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(++writes)));
    }
}
