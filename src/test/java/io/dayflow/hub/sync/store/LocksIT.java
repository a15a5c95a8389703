package io.dayflow.hub.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.sync.DayflowCapture;
import io.dayflow.hub.sync.EngineTest;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the store in memory has no need of: transactions of PostgreSQL that go on at the same time. */
@EngineTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocksIT {

    private static final String WAITING = """
            select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query like '%hub.item%for update%'
            """;

    private static final String ADVANCING = """
            select count(*) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query like '%hub.collection set cursor%'
            """;

    private final PostgresStore store;
    private final JdbcClient jdbc;
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    LocksIT(@Autowired ApplicationContext hub) {
        store = new PostgresStore(hub);
        jdbc = hub.getBean(JdbcClient.class);
    }

    @AfterAll
    void close() throws SQLException {
        other.shutdownNow();
        store.close();
    }

    @Test
    void whoeverLocksAnItemLaterReadsWhatTheOtherWrote() throws Exception {
        Sample sample = Sample.in(store);
        StoredItem item = sample.kept("Milk");
        StoredItem changed =
                item.changed(Item.of(Sample.titled("Bread").with("notes", TextNode.valueOf("two"))), Map.of());

        Future<StoredItem> later = store.ports().transaction().run(() -> {
            store.ports().links().lock(List.of(item.id()));
            Future<StoredItem> asking = other.submit(() -> store.ports()
                    .transaction()
                    .run(() -> store.ports()
                            .links()
                            .lock(List.of(item.id()))
                            .items()
                            .get(item.id())));
            await().until(() -> jdbc.sql(WAITING).query(Long.class).single() > 0);
            sample.write(out -> out.update(changed));
            return asking;
        });

        assertThat(later.get(30, TimeUnit.SECONDS)).isEqualTo(changed);
    }

    @Test
    void aWalkThatWaitsForARewindDoesNotSaveItsCursorOverIt() throws Exception {
        Sample sample = Sample.in(store);
        CollectionRef read = store.ports().collections().find(sample.collection);

        Future<?> advanced = store.ports().transaction().run(() -> {
            store.ports().collections().rewind(sample.collection);
            Future<?> advancing = other.submit(() -> store.ports()
                    .transaction()
                    .execute(() -> store.ports().collections().advance(read, "c1")));
            await().until(() -> jdbc.sql(ADVANCING).query(Long.class).single() > 0);
            return advancing;
        });

        advanced.get(30, TimeUnit.SECONDS);
        assertThat(store.ports().collections().find(sample.collection).cursor()).isNull();
    }

    @Test
    void aChangeThatSomebodyIsAtIsLeftToThem() throws Exception {
        UUID user = store.user("UTC");
        UUID one = store.addRow(user, "one");
        UUID two = store.addRow(user, "two");

        List<UUID> both = store.ports().transaction().run(() -> {
            List<UUID> mine = rows(1);
            try {
                List<UUID> theirs = other.submit(
                                () -> store.ports().transaction().run(() -> rows(10)))
                        .get(30, TimeUnit.SECONDS);
                assertThat(theirs).containsExactly(two);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return mine;
        });

        assertThat(both).containsExactly(one);
        assertThat(store.ports().transaction().run(() -> rows(10))).isEmpty();
    }

    private List<UUID> rows(int limit) {
        return store.ports().capture().take(limit).stream()
                .map(DayflowCapture.Change::rowId)
                .toList();
    }

    @Test
    void deletedItemsThatSomebodyIsAtAreForgottenLater() throws Exception {
        Sample sample = Sample.in(store);
        StoredItem item = sample.deleted(sample.kept("Milk"), store.now().minusSeconds(60));

        store.ports().transaction().execute(() -> {
            store.ports().links().lock(List.of(item.id()));
            try {
                assertThat(other.submit(() -> store.ports()
                                        .transaction()
                                        .run(() -> store.ports().kept().over(store.now(), 10_000)))
                                .get(30, TimeUnit.SECONDS))
                        .doesNotContain(item.id());
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });

        assertThat(store.ports().transaction().run(() -> store.ports().kept().over(store.now(), 10_000)))
                .contains(item.id());
    }
}
