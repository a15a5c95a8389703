package io.dayflow.hub.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.Known;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.link.Trail;
import io.dayflow.hub.link.Turn;
import io.dayflow.hub.merge.FirstContact;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Items and links are kept whole, found by what they are known by, and tell when something was last learnt of a copy. */
interface LinksContract {

    Store store();

    private LinkStore links() {
        return store().ports().links();
    }

    @Test
    default void anItemIsReadAsItWasStored() {
        Sample sample = Sample.in(store());
        Instant edited = Instant.parse("2026-10-31T07:00:00.000001Z");
        StoredItem item = new StoredItem(
                store().id(),
                sample.user,
                Item.of(Sample.titled("Milk").with("uid", TextNode.valueOf("u-1"))),
                Map.of("title", edited),
                4,
                sample.connection,
                edited.plusSeconds(5));
        sample.write(out -> out.insert(item));

        assertThat(sample.find(item)).contains(item);
        StoredItem changed = item.changed(Item.of(Sample.titled("Bread")), Map.of("notes", edited));
        sample.write(out -> out.update(changed));
        assertThat(sample.find(item)).contains(changed);
    }

    @Test
    default void aLinkIsReadAsItWasStored() {
        Sample sample = Sample.in(store());
        StoredItem item = sample.kept("Milk");
        Instant at = store().now().truncatedTo(ChronoUnit.MICROS);
        Link link = new Link(
                store().id(),
                item.id(),
                sample.connection,
                sample.collection,
                "a",
                "2",
                "v1",
                Sample.titled("Milk"),
                Sample.titled("Milk, fresh"),
                "{\"whole\": 1}",
                false,
                "Europe/Berlin",
                Link.State.GONE,
                at,
                true,
                7L,
                3,
                at.plusSeconds(9),
                true,
                Trail.EMPTY.with(Turn.of(at, Turn.By.HUB, Sample.titled("Milk"), Sample.titled("Milk, fresh"))),
                at.plusSeconds(10),
                0);

        Link stored = sample.put(link);
        assertThat(stored).isEqualTo(link.learntAt(stored.learnt()));
        Link bare = Link.fresh(link.id(), item.id(), sample.connection, null);
        Link emptied = sample.change(bare);
        assertThat(emptied).isEqualTo(bare.learntAt(emptied.learnt()));
    }

    @Test
    default void linksAreFoundByTheirObjectUntilTheyAreDetached() {
        Sample sample = Sample.in(store());
        Link held = sample.put(sample.copy(sample.kept("held"), "held"));
        Link gone = sample.put(sample.copy(sample.kept("gone"), "gone").withState(Link.State.GONE, store().now()));
        Link released =
                sample.put(sample.copy(sample.kept("released"), "released").released(store().now()));
        Link ended = sample.put(sample.copy(sample.kept("ended"), "ended").ended(store().now()));
        sample.put(sample.fresh(sample.kept("unnamed")));
        List<String> all = List.of("held", "gone", "released", "ended", "");

        assertThat(links().find(sample.connection, all)).containsExactlyInAnyOrder(held, gone);
        assertThat(links().released(sample.connection, all)).containsExactly(released);
        assertThat(links().ended(sample.connection, all, 0)).containsExactly("ended");
        assertThat(links().ended(sample.connection, all, ended.learnt())).isEmpty();
        assertThat(links().find(sample.connection, List.of())).isEmpty();
        assertThat(links().find(store().id(), all)).isEmpty();
    }

    @Test
    default void theSameNamesMayBeAskedForTwice() {
        Sample sample = Sample.in(store());
        Link held = sample.put(sample.copy(sample.kept("held"), "held"));

        assertThat(links().find(sample.connection, List.of("held", "held"))).containsExactly(held);
        assertThat(links().read(List.of(held.itemId(), held.itemId())).links(held.itemId()))
                .containsExactly(held);
    }

    @Test
    default void aRowIsFoundByItsIdWhateverItsStateIs() {
        Sample sample = Sample.in(store());
        UUID row = store().id();
        Link link =
                Link.fresh(store().id(), sample.kept("Milk").id(), null, null).at(row.toString(), "");
        Link stored = sample.put(link);

        assertThat(links().findRows(List.of(row, store().id()))).containsExactly(stored);
        Link ended = sample.change(stored.ended(store().now()));
        assertThat(links().findRows(List.of(row))).containsExactly(ended);
        assertThat(links().find(sample.connection, List.of(row.toString()))).isEmpty();
    }

    @Test
    default void whatIsLearntOfACopyMovesOnAndWhatIsDecidedAboutItDoesNot() {
        Sample sample = Sample.in(store());
        long before = links().tick();
        Link first = sample.put(sample.copy(sample.kept("Milk"), "a"));
        assertThat(first.learnt()).isGreaterThan(before);
        assertThat(links().tick()).isGreaterThanOrEqualTo(first.learnt());

        Link decided = sample.change(first.withPending(true)
                .intending(Sample.titled("Bread"))
                .retryAt(store().now())
                .inCollection(null));
        assertThat(decided.learnt()).isEqualTo(first.learnt());
        List<Link> learning = List.of(
                decided.seen("a", "", "2", Sample.titled("Milk"), null),
                decided.seen("a", "", "2", Sample.titled("Bread"), null),
                decided.seen("a", "", "2", Sample.titled("Bread"), null).withState(Link.State.GONE, store().now()));
        long last = decided.learnt();
        for (Link link : learning) {
            long tick = links().tick();
            Link stored = sample.change(link);
            assertThat(stored.learnt()).isGreaterThan(tick).isGreaterThan(last);
            last = stored.learnt();
        }
    }

    @Test
    default void whoeverStoresAnOldReadingDoesNotTurnBackWhenItWasLearnt() {
        Sample sample = Sample.in(store());
        Link old = sample.put(sample.copy(sample.kept("Milk"), "a"));
        Link seen = sample.change(old.seen("a", "", "2", Sample.titled("Bread"), null));

        Link again = sample.change(seen.learntAt(old.learnt()).withPending(true));

        assertThat(again.learnt()).isEqualTo(seen.learnt());
    }

    @Test
    default void lockingGivesTheItemsThatThereAreInTheOrderOfTheirIds() {
        Sample sample = Sample.in(store());
        List<UUID> ids = new ArrayList<>();
        for (String id : List.of("f0000000-", "10000000-", "80000000-")) {
            UUID itemId = UUID.fromString(id + sample.user.toString().substring(9));
            ids.add(itemId);
            sample.write(out -> out.insert(
                    new StoredItem(itemId, sample.user, Item.of(Sample.titled(id)), Map.of(), 1, null, null)));
        }
        ids.add(store().id());

        Known locked = store().ports().transaction().run(() -> links().lock(ids));

        assertThat(locked.items().keySet()).containsExactly(ids.get(1), ids.get(2), ids.get(0));
        assertThat(links().lock(List.of())).isEqualTo(Known.NOTHING);
    }

    @Test
    default void aTwinIsLookedForAmongTheUsersItemsThatHaveNoCopyThere() {
        Sample sample = Sample.in(store());
        StoredItem byUid = sample.item(Sample.titled("other").with("uid", TextNode.valueOf("u-" + sample.user)));
        StoredItem byKey = sample.item("Milk");
        StoredItem deleted = sample.item("Milk").deleted(store().now());
        StoredItem there = sample.item("Milk");
        StoredItem suspected = sample.item("Milk");
        StoredItem detached = sample.item("Milk");
        StoredItem gone = sample.item("Milk");
        StoredItem event = sample.item(Sample.event("Milk"));
        sample.write(out -> List.of(byUid, byKey, deleted, there, suspected, detached, gone, event)
                .forEach(out::insert));
        sample.put(sample.copy(there, "there"));
        sample.put(sample.copy(suspected, "suspected").withState(Link.State.DUPLICATE, null));
        sample.put(sample.copy(detached, "detached").ended(store().now()));
        sample.put(sample.copy(gone, "gone").withState(Link.State.GONE, store().now()));
        Sample other = Sample.in(store());
        other.kept("Milk");
        String key = FirstContact.matchKey(byKey.item(), ZoneOffset.UTC);

        assertThat(links().lookalikes(
                                sample.user, sample.connection, Kind.TASK, List.of("u-" + sample.user), List.of(key)))
                .containsExactlyInAnyOrder(byUid.id(), byKey.id(), detached.id(), gone.id());
        assertThat(links().lookalikes(sample.user, sample.connection, Kind.TASK, List.of(), List.of()))
                .isEmpty();
    }

    @Test
    default void anUnansweredCreateIsATwinOfWhateverIsSeen() {
        Sample sample = Sample.in(store());
        StoredItem sent = sample.kept("Milk");
        StoredItem given = sample.deleted(sample.kept("Bread"), store().now());
        sample.put(sample.fresh(sent).intending(Sample.titled("Milk")));
        sample.put(sample.fresh(given).intending(Sample.titled("Bread")));
        sample.put(sample.fresh(sample.kept("Never sent")));

        assertThat(links().lookalikes(sample.user, sample.connection, Kind.TASK, List.of(), List.of("no such key")))
                .containsExactlyInAnyOrder(sent.id(), given.id());
        assertThat(links().lookalikes(sample.user, sample.connection, Kind.EVENT, List.of(), List.of()))
                .isEmpty();
    }

    @Test
    default void whatATransactionStoredIsGoneWhenItFails() {
        Sample sample = Sample.in(store());
        Link held = sample.put(sample.copy(sample.kept("Milk"), "a"));
        StoredItem fresh = sample.item("Bread");

        assertThatThrownBy(() -> store().ports().transaction().execute(() -> {
                    sample.write(out -> {
                        out.insert(fresh);
                        out.update(held.withPending(true));
                    });
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        assertThat(sample.find(fresh)).isEmpty();
        assertThat(sample.find(held)).contains(held);
    }

    @Test
    default void anUpdateMakesNothingThatIsNotThere() {
        Sample sample = Sample.in(store());
        StoredItem never = sample.item("never");
        Link nowhere = sample.copy(sample.kept("Milk"), "a");

        sample.write(out -> {
            out.update(never);
            out.update(nowhere);
        });

        assertThat(sample.find(never)).isEmpty();
        assertThat(sample.find(nowhere)).isEmpty();
    }

    @Test
    default void textsAreKeptAsTheyAreSaidApartFromWhatNoTextCanHold() {
        Sample sample = Sample.in(store());
        String literally = "a\\u0000b \\\\u0000 \"\\";
        StoredItem item = sample.item(Sample.titled(literally));
        sample.write(out -> out.insert(item));
        assertThat(sample.find(item).orElseThrow().item().title()).isEqualTo(literally);

        StoredItem odd = sample.item(Sample.titled("M\u0000ilk").with("uid", TextNode.valueOf("u\u0000-odd")));
        sample.write(out -> out.insert(odd));
        Link link =
                sample.put(sample.fresh(odd).seen("a\u0000", "", "v\u00001", Sample.titled("M\u0000ilk"), "\u0000x"));

        assertThat(sample.find(odd).orElseThrow().item().title()).isEqualTo("Milk");
        assertThat(link.externalId()).isEqualTo("a");
        assertThat(link.version()).isEqualTo("v1");
        assertThat(link.extras()).isEqualTo("x");
        assertThat(links().find(sample.connection, List.of("a\u0000"))).containsExactly(link);
    }
}
