package io.dayflow.hub.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.storage.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** No table is forgotten by export and erasure. */
class HeldTablesIT {

    private static TestDatabase database;

    private JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static List<String> listed() {
        return HeldTables.all().stream().map(HeldTable::name).toList();
    }

    @Test
    void everyTableIsListed() {
        assertThat(listed())
                .as(
                        "each table of the schemas hub and public needs one line in HeldTables, that says what it holds about a"
                                + " person and which rows those are")
                .containsAll(new Schema(jdbc).tables());
    }

    @Test
    void everyListedTableExistsOnce() {
        assertThat(listed()).doesNotHaveDuplicates();
        assertThat(new Schema(jdbc).tables())
                .as("HeldTables lists what is not there any more")
                .containsAll(listed());
    }

    @Test
    void everyConditionCanBeAskedAndFindsNobodyWhoIsNotThere() {
        for (var table : HeldTables.all()) {
            if (!table.reach().isEmpty()) {
                assertThat(jdbc.sql("select count(*) from " + table.name() + " t where " + table.reach())
                                .param("user", UUID.randomUUID())
                                .query(Long.class)
                                .single())
                        .as(table.name())
                        .isZero();
            }
        }
    }

    /** Sealed or not, it is nobody's business. */
    @Test
    void noSecretIsExported() {
        for (var table : HeldTables.all()) {
            if (table.file() == null) {
                continue;
            }
            var shown = new Schema(jdbc)
                    .columns(table.name()).stream()
                            .filter(column -> column.type().equals("bytea")
                                    || column.name()
                                            .matches(".*(secret|token|password|credential|digest|verifier|hash).*"))
                            .filter(column -> !column.type().startsWith("timestamp"))
                            .map(Schema.Column::name)
                            .filter(column -> !table.withheld().contains(column))
                            .filter(column -> table.shown().isEmpty())
                            .toList();
            assertThat(shown)
                    .as("columns of " + table.name() + " that look like secrets: withhold them in HeldTables")
                    .isEmpty();
        }
    }

    @Test
    void withheldColumnsExistAndFilesAreNamedOnce() {
        for (var table : HeldTables.all()) {
            assertThat(new Schema(jdbc).columns(table.name()).stream().map(Schema.Column::name))
                    .as(table.name())
                    .containsAll(table.withheld());
        }
        assertThat(HeldTables.all().stream().map(HeldTable::file).filter(file -> file != null))
                .doesNotHaveDuplicates();
    }
}
