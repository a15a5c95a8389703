package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.connection.Disconnect;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An account that is disconnected and connected again goes on where it was, or, its items taken away, begins anew. */
@EngineTest
class ReconnectIT {

    @Autowired
    private ApplicationContext hub;

    @Autowired
    private Disconnect disconnect;

    @Autowired
    private JdbcClient jdbc;

    private ListAccount ann;

    @BeforeEach
    void twoTasksThereAndOneHere() {
        ann = new ListAccount(hub, "{\"exportNew\": \"all\"}", "home", "work");
        ann.service.add("milk", "home", Map.of("title", "Buy milk"));
        ann.service.add("bread", "home", Map.of("title", "Buy bread"));
        ann.run();
        ann.dayflow.createTask(ann.user, "Mine");
        ann.push();
        assertThat(held()).containsExactlyInAnyOrder("Buy milk", "Buy bread", "Mine");
    }

    @AfterEach
    void close() {
        ann.close();
    }

    @Test
    void whatBothSidesEditedMeanwhileIsMergedAndNothingIsDoubled() {
        UUID milk = ann.rowId("Buy milk");
        disconnect.disconnect(ann.user, ann.connection, Disconnect.Items.KEEP);
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));
        ann.absorbDayflow();
        ann.service.set("milk", "notes", "two");
        ann.service.set("bread", "title", "Buy rye bread");
        ann.service.add("salt", "home", Map.of("title", "Buy salt"));

        reconnect();
        ann.run();
        ann.push();

        assertThat(ann.rowId("Buy oat milk")).isEqualTo(milk);
        assertThat(ann.row("Buy oat milk")).containsEntry("description", "two");
        assertThat(held()).containsExactlyInAnyOrder("Buy oat milk", "Buy rye bread", "Mine", "Buy salt");
        assertThat(rows()).containsExactlyInAnyOrder("Buy oat milk", "Buy rye bread", "Mine", "Buy salt");
        settles();
    }

    @Test
    void whatEitherSideDeletedMeanwhileIsDeletedOnBoth() {
        disconnect.disconnect(ann.user, ann.connection, Disconnect.Items.KEEP);
        ann.dayflow.delete("tasks", ann.rowId("Buy milk"));
        ann.absorbDayflow();
        ann.service.remove("bread");

        reconnect();
        ann.run();
        ann.push();

        assertThat(rows()).containsExactly("Mine");
        assertThat(held()).containsExactly("Mine");
        settles();
    }

    @Test
    void aConflictThatDisconnectingDecidedIsCarriedOut() {
        set("settings = '{\"conflictResolution\": \"manual\"}'");
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));
        ann.service.set("milk", "title", "Buy soy milk");
        ann.absorbDayflow();
        ann.run();
        assertThat(ann.conflicts()).extracting(row -> row.get("status")).containsExactly("open");

        disconnect.disconnect(ann.user, ann.connection, Disconnect.Items.KEEP);
        assertThat(ann.conflicts()).extracting(row -> row.get("resolution")).containsExactly("keep_dayflow");
        reconnect();
        ann.run();
        ann.push();

        assertThat(ann.service.field("milk", "title")).isEqualTo("Buy oat milk");
        assertThat(rows()).contains("Buy oat milk");
        settles();
    }

    @Test
    void aDeletionThatDisconnectingDecidedIsCarriedOut() {
        set("settings = '{\"conflictResolution\": \"manual\"}'");
        ann.dayflow.delete("tasks", ann.rowId("Buy milk"));
        ann.service.set("milk", "title", "Buy soy milk");
        ann.absorbDayflow();
        ann.run();
        assertThat(ann.conflicts()).extracting(row -> row.get("type")).containsExactly("delete_edit");

        disconnect.disconnect(ann.user, ann.connection, Disconnect.Items.KEEP);
        reconnect();
        ann.run();
        ann.push();

        assertThat(ann.service.isGone("milk")).isTrue();
        assertThat(rows()).containsExactlyInAnyOrder("Buy bread", "Mine");
        settles();
    }

    @Test
    void aTwinThatIsStillAQuestionIsAskedAgain() {
        set("settings = '{\"exportNew\": \"none\"}'");
        ann.dayflow.createTask(ann.user, "Buy salt");
        ann.absorbDayflow();
        ann.service.add("salt", "home", Map.of("title", "BUY SALT"));
        ann.run();
        assertThat(ann.conflicts()).extracting(row -> row.get("type")).containsExactly("duplicate");

        disconnect.disconnect(ann.user, ann.connection, Disconnect.Items.KEEP);
        reconnect();
        ann.run("full");

        assertThat(ann.conflicts()).extracting(row -> row.get("status")).containsExactly("resolved", "open");
        assertThat(rows()).containsExactlyInAnyOrder("Buy milk", "Buy bread", "Mine", "Buy salt");
    }

    @Test
    void withItsItemsTakenAwayNothingRemainsAndTheNextConnectionIsAFirstContact() {
        UUID mine = ann.rowId("Mine");
        disconnect.disconnect(ann.user, ann.connection, Disconnect.Items.REMOVE);
        assertThat(rows()).containsExactly("Mine");
        assertThat(ann.dayflow.query("select 1 from hub.link where connection_id = ?", ann.connection))
                .isEmpty();

        int writes = ann.service.writes.size();
        reconnect();
        ann.run();
        ann.push();

        assertThat(ann.rowId("Mine")).isEqualTo(mine);
        assertThat(rows()).containsExactlyInAnyOrder("Buy milk", "Buy bread", "Mine");
        assertThat(held()).containsExactlyInAnyOrder("Buy milk", "Buy bread", "Mine");
        assertThat(ann.service.writes).hasSize(writes);
        settles();
    }

    /** As {@code Connect} leaves an account that was connected before, and as the first sync that is asked for confirms it. */
    private void reconnect() {
        set("disconnected_at = null, active = true, status = 'idle', confirmed_at = now()");
    }

    private void set(String assignments) {
        jdbc.sql("update hub.connection set " + assignments + " where id = :id")
                .param("id", ann.connection)
                .update();
    }

    private void settles() {
        int writes = ann.service.writes.size();
        int journal = ann.journal().size();
        ann.push();
        ann.run();
        ann.run("full");
        ann.push();
        assertThat(ann.service.writes).hasSize(writes);
        assertThat(ann.journal()).hasSize(journal);
    }

    private List<String> rows() {
        return ann.dayflow.rows("tasks", ann.user).stream()
                .map(row -> (String) row.get("title"))
                .toList();
    }

    private List<String> held() {
        return ann.service.ids().stream()
                .filter(id -> !ann.service.isGone(id))
                .map(id -> ann.service.field(id, "title"))
                .toList();
    }
}
