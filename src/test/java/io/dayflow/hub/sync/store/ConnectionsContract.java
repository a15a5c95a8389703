package io.dayflow.hub.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.sync.ConnectionStore;
import io.dayflow.hub.sync.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which connections there is something to do for, and what their cards say. */
interface ConnectionsContract {

    Store store();

    private ConnectionStore connections() {
        return store().ports().connections();
    }

    private ConnectionStore.Outcome outcome(
            String status, @Nullable String code, @Nullable Instant notBefore, @Nullable Instant next) {
        return new ConnectionStore.Outcome(
                status,
                code,
                code == null ? null : "because of " + code,
                code == null ? 0 : 2,
                notBefore,
                next,
                code == null);
    }

    private Instant past() {
        return store().now().minusSeconds(60);
    }

    private Instant future() {
        return store().now().plus(Duration.ofHours(1));
    }

    private UUID due(String settings) {
        UUID connection = store().connection(store().user("UTC"), settings);
        connections().ended(connection, outcome("success", null, null, past()));
        return connection;
    }

    private List<UUID> runs(UUID... among) {
        return connections().dueRuns().stream().filter(List.of(among)::contains).toList();
    }

    @Test
    default void aRunIsDueByTheClockWhereTheSettingsSaySo() {
        UUID due = due("{}");
        UUID unasked = store().connection(store().user("UTC"), "{}");
        UUID later = due("{}");
        connections().ended(later, outcome("success", null, null, future()));
        UUID switchedOff = due("{\"autoSync\": false}");
        UUID manual = due("{\"syncDirection\": \"manual\"}");
        UUID oneWay = due("{\"syncDirection\": \"one_way\"}");
        UUID locked = due("{}");
        connections().ended(locked, outcome("needs_reconnect", "needs_reconnect", null, past()));
        UUID limited = due("{}");
        connections().ended(limited, outcome("error", "rate_limited", future(), past()));
        UUID free = due("{}");
        connections().ended(free, outcome("error", "rate_limited", past(), past()));

        assertThat(runs(due, unasked, later, switchedOff, manual, oneWay, locked, limited, free))
                .containsExactlyInAnyOrder(due, oneWay, free);
        assertThat(connections().notBefore(limited)).isPresent();
        assertThat(connections().notBefore(free)).isEmpty();
        List.of(due, oneWay, free).forEach(id -> connections().ended(id, outcome("success", null, null, null)));
    }

    @Test
    default void aRunThatSomebodyAskedForIsDueWhateverTheClockSays() {
        Sample sample = Sample.in(store());
        UUID job = store().id();
        assertThat(runs(sample.connection)).isEmpty();
        store().request(job, sample.connection, sample.user, true, false);
        connections().ended(sample.connection, outcome("needs_reconnect", "needs_reconnect", future(), null));

        assertThat(runs(sample.connection)).containsExactly(sample.connection);
        store().ports().jobs().open(sample.connection);
        assertThat(runs(sample.connection)).as("it is running").containsExactly(sample.connection);
        store().ports().jobs().end(job, "paused", null, null);
        connections().ended(sample.connection, outcome("success", null, null, past()));
        assertThat(runs(sample.connection)).as("it is paused").isEmpty();
    }

    @Test
    default void nobodyIsToldOfARunThatIsWorkedOn() {
        UUID due = due("{}");
        Lease lease = store().ports().leases().take("run:" + due).orElseThrow();
        assertThat(runs(due)).isEmpty();
        store().expire("run:" + due);
        assertThat(runs(due)).containsExactly(due);
        store().ports().leases().release(lease);
        assertThat(runs(due)).containsExactly(due);
        connections().ended(due, outcome("success", null, null, null));
    }

    @Test
    default void thoseThatHaveWaitedLongestRunFirst() {
        UUID second = due("{}");
        UUID first = due("{}");
        connections().ended(first, outcome("success", null, null, past().minusSeconds(60)));
        Sample asked = Sample.in(store());
        store().request(store().id(), asked.connection, asked.user, false, false);

        assertThat(runs(second, first, asked.connection)).containsExactly(asked.connection, first, second);
        connections().ended(first, outcome("success", null, null, null));
        connections().ended(second, outcome("success", null, null, null));
        store().ports()
                .jobs()
                .open(asked.connection)
                .ifPresent(job -> store().ports().jobs().forget(job.id()));
    }

    @Test
    default void pushesAreDueWhereALinkMayBePushedNow() {
        Sample sample = Sample.in(store());
        assertThat(connections().duePushes()).doesNotContain(sample.connection);
        Link link = sample.put(sample.copy(sample.kept("Milk"), "a").withPending(true));
        assertThat(connections().duePushes()).contains(sample.connection);

        sample.change(link.retryAt(future()));
        assertThat(connections().duePushes()).doesNotContain(sample.connection);
        sample.change(link.withState(Link.State.GONE, store().now()));
        assertThat(connections().duePushes()).doesNotContain(sample.connection);
        sample.change(link);

        connections().ended(sample.connection, outcome("error", "rate_limited", future(), null));
        assertThat(connections().duePushes()).doesNotContain(sample.connection);
        connections().ended(sample.connection, outcome("needs_reconnect", "needs_reconnect", null, null));
        assertThat(connections().duePushes()).doesNotContain(sample.connection);
        connections().ended(sample.connection, outcome("success", null, null, null));
        assertThat(connections().duePushes()).contains(sample.connection);

        UUID job = store().id();
        store().request(job, sample.connection, sample.user, false, false);
        assertThat(connections().duePushes()).contains(sample.connection);
        store().ports().jobs().end(job, "paused", null, null);
        assertThat(connections().duePushes()).doesNotContain(sample.connection);
    }

    @Test
    default void nothingIsPushedWhereTheDirectionForbidsIt() {
        for (String direction : List.of("one_way", "manual")) {
            UUID user = store().user("UTC");
            UUID connection = store().connection(user, "{\"syncDirection\": \"" + direction + "\"}");
            Sample other = Sample.in(store());
            UUID list = other.collection(connection, "list");
            other.put(Link.fresh(store().id(), other.kept("Milk").id(), connection, list)
                    .seen("a", "", "1", Sample.titled("Milk"), null)
                    .withPending(true));
            assertThat(connections().duePushes()).doesNotContain(connection);
        }
    }

    @Test
    default void aCardSaysHowTheLastRunEnded() {
        UUID connection = store().connection(store().user("UTC"), "{}");
        assertThat(store().card(connection)).isEqualTo(new Store.Card("idle", null, null));
        connections().syncing(connection);
        assertThat(store().card(connection).status()).isEqualTo("syncing");
        Instant until = future().truncatedTo(ChronoUnit.MICROS);
        connections().ended(connection, outcome("error", "transient", until, until));
        assertThat(store().card(connection)).isEqualTo(new Store.Card("error", "transient", "because of transient"));
        assertThat(connections().failures(connection)).isEqualTo(2);
        assertThat(connections().notBefore(connection)).contains(until);
        connections().idle(connection);
        assertThat(store().card(connection)).isEqualTo(new Store.Card("idle", "transient", "because of transient"));
        connections().held(connection, "So many?");
        assertThat(store().card(connection)).isEqualTo(new Store.Card("error", "held", "So many?"));
        assertThat(connections().notBefore(connection)).contains(until);
    }

    @Test
    default void singlePushesSpeakOnlyWhereNothingLastingIsSaid() {
        UUID connection = store().connection(store().user("UTC"), "{}");
        connections().ended(connection, outcome("error", "transient", null, null));

        connections().pushed(connection, "rate_limited", "slow down");
        assertThat(store().card(connection)).isEqualTo(new Store.Card("success", "rate_limited", "slow down"));
        connections().pushed(connection, null, null);
        assertThat(store().card(connection)).isEqualTo(new Store.Card("success", null, null));
        connections().syncing(connection);
        connections().pushed(connection, "partial", "one was refused");
        assertThat(store().card(connection)).isEqualTo(new Store.Card("syncing", "partial", "one was refused"));

        connections().ended(connection, outcome("error", "rejected", null, null));
        connections().pushed(connection, null, null);
        assertThat(store().card(connection)).isEqualTo(new Store.Card("error", "rejected", "because of rejected"));
        connections().ended(connection, new ConnectionStore.Outcome("error", "partial", "p", 0, null, null, true));
        connections().pushed(connection, "partial", "p");
        assertThat(store().card(connection)).as("nothing new").isEqualTo(new Store.Card("error", "partial", "p"));
    }
}
