package io.dayflow.hub.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.sync.PendingLinks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is to be pushed, in which order, and what of it waits. */
interface PendingContract {

    int MANY = 100;

    Store store();

    private PendingLinks pending() {
        return store().ports().pending();
    }

    private Link waiting(Sample sample, String title) {
        return sample.put(sample.copy(sample.kept(title), title).withPending(true));
    }

    @Test
    default void thoseComeFirstWhoseItemsHaveWaitedLongest() {
        Sample sample = Sample.in(store());
        StoredItem early = sample.kept("early");
        Link late = waiting(sample, "late");
        Link first = sample.put(sample.copy(early, "early").withPending(true));
        Link again = waiting(sample, "again");
        sample.write(out -> out.update(
                sample.known(late.itemId()).items().get(late.itemId()).deleted(null)));

        assertThat(pending().next(sample.connection, false, MANY)).containsExactly(first.id(), again.id(), late.id());
        assertThat(pending().next(sample.connection, false, 2)).containsExactly(first.id(), again.id());
    }

    @Test
    default void itemsOfOneTransactionWaitAsLongAndGoByTheirLinks() {
        Sample sample = Sample.in(store());
        StoredItem one = sample.item("one");
        StoredItem two = sample.item("two");
        Link first = sample.copy(one, "one").withPending(true);
        Link second = sample.copy(two, "two").withPending(true);

        sample.write(out -> {
            out.insert(two);
            out.insert(one);
            out.insert(second);
            out.insert(first);
        });

        assertThat(pending().next(sample.connection, false, MANY)).containsExactly(first.id(), second.id());
    }

    @Test
    default void onlyLiveLinksThatMayBeTriedAreNext() {
        Sample sample = Sample.in(store());
        Link due = sample.put(
                sample.copy(sample.kept("due"), "due").retryAt(store().now().minusSeconds(1)));
        Link later = sample.put(
                sample.copy(sample.kept("later"), "later").retryAt(store().now().plus(Duration.ofHours(1))));
        sample.put(sample.copy(sample.kept("quiet"), "quiet"));
        sample.put(sample.copy(sample.kept("gone"), "gone").withPending(true).withState(Link.State.GONE, null));
        sample.put(sample.copy(sample.kept("twin"), "twin").withPending(true).withState(Link.State.DUPLICATE, null));
        sample.put(sample.copy(sample.kept("parked"), "parked").parked(1));
        Sample other = Sample.in(store());
        waiting(other, "another user's");

        assertThat(pending().next(sample.connection, false, MANY)).containsExactly(due.id());
        assertThat(pending().after(sample.connection, new UUID(0, 0), MANY)).containsExactly(due.id(), later.id());
        assertThat(pending().after(sample.connection, due.id(), MANY)).containsExactly(later.id());
        assertThat(pending().after(sample.connection, new UUID(0, 0), 1)).containsExactly(due.id());
    }

    @Test
    default void deletionsThatNobodyAllowedMayBeLeftOut() {
        Sample sample = Sample.in(store());
        Link edit = waiting(sample, "edit");
        StoredItem one = sample.deleted(sample.kept("one"), store().now());
        StoredItem two = sample.deleted(sample.kept("two"), store().now());
        Link held = sample.put(sample.copy(one, "one").withPending(true));
        assertThat(pending().hasDelete(sample.connection)).isTrue();
        Link allowed = sample.put(allowed(sample.copy(two, "two").withPending(true)));

        assertThat(pending().next(sample.connection, true, MANY)).containsExactly(edit.id(), allowed.id());
        assertThat(pending().next(sample.connection, false, MANY)).containsExactly(edit.id(), held.id(), allowed.id());
        assertThat(pending().deletes(sample.connection)).isEqualTo(new PendingLinks.Deletes(1, 0, 3));
        sample.change(held.withPending(false));
        assertThat(pending().hasDelete(sample.connection)).isFalse();
    }

    private static Link allowed(Link link) {
        return new Link(
                link.id(),
                link.itemId(),
                link.connectionId(),
                link.collectionId(),
                link.externalId(),
                link.part(),
                link.version(),
                link.base(),
                link.intent(),
                link.extras(),
                link.verified(),
                link.zone(),
                link.state(),
                link.goneAt(),
                link.pending(),
                link.parkedRevision(),
                link.attempts(),
                link.notBefore(),
                true,
                link.trail(),
                link.quarantinedAt(),
                link.learnt());
    }

    @Test
    default void deletionsOfTheLastMinutesCountUnlessTheyWereAllowed() {
        Sample sample = Sample.in(store());
        StoredItem recent = sample.kept("recent");
        StoredItem old = sample.kept("old");
        StoredItem wanted = sample.kept("wanted");
        StoredItem edited = sample.kept("edited");
        sample.put(allowed(sample.copy(wanted, "wanted").ended(store().now())));
        sample.write(out -> {
            out.journal(sample.entry(store().id(), recent, sample.connection, Sample.titled("recent"), null, "push"));
            out.journal(sample.entry(store().id(), wanted, sample.connection, Sample.titled("wanted"), null, "push"));
            out.journal(sample.entry(
                    store().id(), edited, sample.connection, Sample.titled("a"), Sample.titled("b"), "push"));
            out.journal(sample.entry(store().id(), edited, sample.connection, Sample.titled("a"), null, "resolution"));
            out.journal(sample.entry(store().id(), edited, null, Sample.titled("a"), null, "push"));
            out.journal(new io.dayflow.hub.link.JournalEntry(
                    store().now().minus(Duration.ofMinutes(6)),
                    sample.user,
                    null,
                    old.id(),
                    sample.connection,
                    Sample.titled("old"),
                    null,
                    "push"));
        });

        assertThat(pending().deletes(sample.connection)).isEqualTo(new PendingLinks.Deletes(0, 1, 0));
    }

    @Test
    default void aLinkNamesItsItemUntilItIsDetached() {
        Sample sample = Sample.in(store());
        Link link = waiting(sample, "Milk");

        assertThat(pending().item(link.id())).contains(link.itemId());
        sample.change(link.withState(Link.State.GONE, store().now()));
        assertThat(pending().item(link.id())).contains(link.itemId());
        sample.change(link.ended(store().now()));
        assertThat(pending().item(link.id())).isEmpty();
        assertThat(pending().item(store().id())).isEmpty();
    }

    @Test
    default void deletedItemsAreKeptAsLongAsAnythingDependsOnThem() {
        Sample sample = Sample.in(store());
        var longAgo = store().now().minus(Duration.ofDays(40));
        StoredItem free = sample.deleted(sample.kept("free"), longAgo);
        StoredItem ended = sample.deleted(sample.kept("ended"), longAgo);
        StoredItem withheld = sample.deleted(sample.kept("kept at the service"), longAgo);
        StoredItem waiting = sample.deleted(sample.kept("waits"), longAgo);
        StoredItem asked = sample.deleted(sample.kept("asked"), longAgo);
        StoredItem recent = sample.deleted(sample.kept("recent"), store().now());
        StoredItem there = sample.kept("not deleted");
        sample.put(sample.copy(ended, "ended").ended(longAgo));
        sample.put(
                Link.fresh(store().id(), free.id(), null, null).at(store().id().toString(), ""));
        sample.put(sample.copy(withheld, "withheld").released(longAgo));
        sample.put(sample.copy(waiting, "waiting").withPending(true));
        Link doubtful = sample.put(sample.copy(asked, "asked").ended(longAgo));
        sample.write(out -> out.open(sample.conflict(doubtful, "asked")));
        List<UUID> all = Stream.of(free, ended, withheld, waiting, asked, recent, there)
                .map(StoredItem::id)
                .toList();

        List<UUID> over = store().ports()
                .transaction()
                .run(() -> store().ports().kept().over(store().now().minus(Duration.ofDays(30)), 1000).stream()
                        .filter(all::contains)
                        .toList());

        assertThat(over).containsExactly(free.id(), ended.id());
        assertThat(store().ports().kept().over(store().now().minus(Duration.ofDays(30)), 0))
                .isEmpty();
    }
}
