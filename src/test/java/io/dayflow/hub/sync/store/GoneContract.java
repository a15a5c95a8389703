package io.dayflow.hub.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.merge.Guard;
import io.dayflow.hub.sync.GoneLinks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Copies that a service no longer holds, and how much would be lost with them. */
interface GoneContract {

    Store store();

    private GoneLinks gone() {
        return store().ports().gone();
    }

    private Link gone(Sample sample, String title) {
        return sample.put(sample.copy(sample.kept(title), title).withState(Link.State.GONE, store().now()));
    }

    @Test
    default void whatIsGoneIsGivenInTheOrderOfItsIdsUnlessAPersonIsAsked() {
        Sample sample = Sample.in(store());
        Link one = gone(sample, "one");
        Link asked = gone(sample, "asked");
        Link two = gone(sample, "two");
        sample.put(sample.copy(sample.kept("there"), "there"));
        sample.write(out -> out.open(sample.conflict(asked, "asked")));

        assertThat(gone().next(sample.connection, new UUID(0, 0), 10)).containsExactly(one.id(), two.id());
        assertThat(gone().next(sample.connection, one.id(), 10)).containsExactly(two.id());
        assertThat(gone().next(sample.connection, new UUID(0, 0), 1)).containsExactly(one.id());
        assertThat(gone().among(sample.connection, List.of("two", "one", "asked", "there", "two")))
                .containsExactly(one.id(), two.id());
        sample.write(out -> out.close(asked.id(), "settled"));
        assertThat(gone().next(sample.connection, new UUID(0, 0), 10)).containsExactly(one.id(), asked.id(), two.id());
    }

    @Test
    default void linksNameTheirItems() {
        Sample sample = Sample.in(store());
        Link one = gone(sample, "one");
        Link two = gone(sample, "two");

        assertThat(gone().items(List.of(one.id(), two.id(), one.id(), store().id())))
                .containsExactlyInAnyOrder(one.itemId(), two.itemId());
        assertThat(gone().items(List.of())).isEmpty();
    }

    @Test
    default void lossesAreCountedByCollectionOfWhatTheServiceHeld() {
        Sample sample = Sample.in(store());
        UUID other = sample.collection(sample.connection, "other");
        Link lost = gone(sample, "lost");
        Link asked = gone(sample, "asked");
        sample.write(out -> out.open(sample.conflict(asked, "asked")));
        sample.put(sample.copy(sample.kept("here"), "here"));
        Link there = sample.put(sample.copy(sample.kept("there"), "there").inCollection(other));
        sample.put(sample.fresh(sample.kept("never there")));
        sample.put(sample.copy(sample.kept("over"), "over").ended(store().now()));
        sample.put(sample.copy(sample.kept("nowhere"), "nowhere").inCollection(null));
        String list = "list-" + sample.connection;

        assertThat(gone().losses(sample.connection))
                .containsExactlyInAnyOrder(
                        new Guard.Loss(list, 3, 1), new Guard.Loss("other", 1, 0), new Guard.Loss("", 1, 0));
        assertThat(gone().losses(sample.connection).getFirst()).isEqualTo(new Guard.Loss(list, 3, 1));
        assertThat(gone().losses(sample.connection, List.of(asked.id(), lost.id(), there.id())))
                .containsExactlyInAnyOrder(
                        new Guard.Loss(list, 3, 2), new Guard.Loss("other", 1, 1), new Guard.Loss("", 1, 0));
        assertThat(gone().losses(
                                sample.connection,
                                List.of(asked.id(), there.id()),
                                new GoneLinks.Layout(
                                        Map.of(asked.id(), other),
                                        Set.of(lost.id()),
                                        Map.of(other, 2, sample.collection, 4))))
                .containsExactlyInAnyOrder(
                        new Guard.Loss(list, 5, 0), new Guard.Loss("other", 4, 2), new Guard.Loss("", 1, 0));
    }

    @Test
    default void whatWebhooksToldOfLateIsCountedTogether() {
        Sample sample = Sample.in(store());
        told(sample, "now", Duration.ZERO, "webhook");
        told(sample, "long ago", Duration.ofMinutes(20), "webhook");
        told(sample, "by a run", Duration.ZERO, "sync");

        assertThat(gone().recentlyHinted(sample.connection)).isEqualTo(1);
        store().ports().jobs().ask(store().id(), sample.connection, sample.user, "webhook", "So many?");
        assertThat(gone().recentlyHinted(sample.connection)).isEqualTo(1);
        store().ports().jobs().releaseHeld(sample.connection);
        assertThat(gone().recentlyHinted(Sample.in(store()).connection)).isZero();
    }

    private void told(Sample sample, String title, Duration ago, String cause) {
        StoredItem item = sample.deleted(sample.kept(title), store().now().minus(ago));
        sample.put(sample.copy(item, title).ended(store().now().minus(ago)));
        sample.write(out -> out.journal(new JournalEntry(
                store().now().minus(ago), sample.user, null, item.id(), null, Sample.titled(title), null, cause)));
    }
}
