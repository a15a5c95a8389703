package io.dayflow.hub.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.StoredItem;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;

/** What must not be twice is refused, and with it everything that was to be stored along. */
interface UniqueLinksContract {

    Store store();

    @Test
    default void anItemAndALinkAreInsertedOnce() {
        Sample sample = Sample.in(store());
        StoredItem item = sample.kept("Milk");
        Link link = sample.put(sample.copy(item, "a"));

        assertThatThrownBy(() -> sample.write(out -> out.insert(item))).isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> sample.write(out -> out.insert(link.withState(Link.State.DETACHED, store().now()))))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(sample.find(link)).contains(link);
    }

    @Test
    default void anObjectBelongsToOneItem() {
        Sample sample = Sample.in(store());
        sample.put(sample.copy(sample.kept("Milk"), "a"));
        StoredItem other = sample.item("Bread");

        assertThatThrownBy(() -> sample.write(out -> {
                    out.insert(other);
                    out.insert(sample.copy(other, "a"));
                }))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(sample.find(other)).as("nothing of the set is stored").isEmpty();
    }

    @Test
    default void anItemHasOneCopyOnAConnection() {
        Sample sample = Sample.in(store());
        StoredItem item = sample.kept("Milk");
        sample.put(sample.copy(item, "a"));

        assertThatThrownBy(() -> sample.put(sample.copy(item, "b"))).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    default void partsOfAnObjectUnnamedCopiesAndDetachedOnesAreApart() {
        Sample sample = Sample.in(store());
        StoredItem item = sample.kept("Milk");
        Link first = sample.put(sample.copy(item, "a").ended(store().now()));
        Link again = sample.put(sample.copy(item, "a"));
        Link part = sample.put(sample.fresh(sample.kept("2")).seen("a", "2", "1", Sample.titled("2"), null));
        Link unnamed = sample.put(sample.fresh(sample.kept("3")));
        Link alsoUnnamed = sample.put(sample.fresh(sample.kept("4")));

        for (Link link : new Link[] {first, again, part, unnamed, alsoUnnamed}) {
            assertThat(sample.find(link)).contains(link);
        }
    }

    @Test
    default void whatComesBackAfterAnotherTookItsPlaceIsRefused() {
        Sample sample = Sample.in(store());
        Link ended = sample.put(sample.copy(sample.kept("Milk"), "a").ended(store().now()));
        sample.put(sample.copy(sample.kept("Bread"), "a"));

        assertThatThrownBy(() -> sample.change(ended.withState(Link.State.LIVE, null)))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(sample.find(ended)).contains(ended);
    }

    @Test
    default void twoCopiesCannotChangePlacesInOneStep() {
        Sample sample = Sample.in(store());
        Link a = sample.put(sample.copy(sample.kept("Milk"), "a"));
        Link b = sample.put(sample.copy(sample.kept("Bread"), "b"));

        assertThatThrownBy(() -> sample.write(out -> {
                    out.update(a.at("b", ""));
                    out.update(b.at("a", ""));
                }))
                .isInstanceOf(DuplicateKeyException.class);
        sample.write(out -> {
            out.update(a.ended(store().now()));
            out.update(b.at("a", ""));
        });
        assertThat(sample.read(b).externalId()).isEqualTo("a");
    }

    @Test
    default void aPlaceThatIsLeftMayBeTakenInTheSameStep() {
        Sample sample = Sample.in(store());
        Link ended = sample.put(sample.copy(sample.kept("Milk"), "a"));
        StoredItem next = sample.item("Bread");

        sample.write(out -> {
            out.insert(next);
            out.insert(sample.copy(next, "a"));
            out.update(ended.ended(store().now()));
        });

        assertThat(store().ports().links().find(sample.connection, java.util.List.of("a")))
                .singleElement()
                .extracting(Link::itemId)
                .isEqualTo(next.id());
    }

    @Test
    default void aRowAndAnItemBelongToEachOtherAlone() {
        Sample sample = Sample.in(store());
        UUID row = store().id();
        StoredItem item = sample.kept("Milk");
        sample.put(Link.fresh(store().id(), item.id(), null, null).at(row.toString(), ""));
        StoredItem other = sample.kept("Bread");

        assertThatThrownBy(() -> sample.put(
                        Link.fresh(store().id(), other.id(), null, null).at(row.toString(), "")))
                .isInstanceOf(DuplicateKeyException.class);
        assertThatThrownBy(() -> sample.put(Link.fresh(store().id(), item.id(), null, null)
                        .at(store().id().toString(), "")))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    default void aLinkOfNoItemIsRefused() {
        Sample sample = Sample.in(store());

        assertThatThrownBy(() -> sample.put(sample.copy(sample.item("never stored"), "a")))
                .isInstanceOf(DataIntegrityViolationException.class);
    }
}
