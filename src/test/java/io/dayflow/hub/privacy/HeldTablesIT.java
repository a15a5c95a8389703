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
                assertNobody(table.name(), table.reach());
            }
        }
        HeldTables.deeds().forEach(deed -> assertNobody(deed.table(), deed.reach()));
    }

    private void assertNobody(String table, String reach) {
        assertThat(jdbc.sql("select count(*) from " + table + " t where " + reach)
                        .param("user", UUID.randomUUID())
                        .param("accounts", "{}")
                        .query(Long.class)
                        .single())
                .as(table)
                .isZero();
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

    /** Whoever did something to others' rows is named there too. */
    @Test
    void everyColumnThatTellsWhoDidSomethingIsListed() {
        var schema = new Schema(jdbc);
        assertThat(schema.tables().stream()
                        .filter(table -> !table.equals("hub.flyway_schema_history"))
                        .flatMap(table -> schema.columns(table).stream()
                                .filter(column -> column.name().endsWith("_by"))
                                .map(column -> table + "." + column.name())))
                .as("columns that need a line in HeldTables.deeds(), but for one that holds no user")
                .containsExactlyInAnyOrder(
                        "hub.alert.acknowledged_by", "hub.consent.given_by", "hub.conflict.resolved_by");
        assertThat(HeldTables.deeds().stream().map(HeldDeed::name))
                .contains("hub.alert.acknowledged_by", "hub.consent.given_by");
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
