package io.dayflow.hub.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.sync.CollectionStore;
import io.dayflow.hub.sync.Walk;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Collections come, go and come again under one id; a cursor moves only where a walk says so. */
interface CollectionsContract {

    List<Kind> TASKS = List.of(Kind.TASK);

    Store store();

    private CollectionStore collections() {
        return store().ports().collections();
    }

    private UUID id(UUID connection, String externalId) {
        return collections().homes(connection, Kind.TASK).stream()
                .filter(home -> home.collection().externalId().equals(externalId))
                .map(home -> home.collection().id())
                .findFirst()
                .orElseThrow();
    }

    @Test
    default void aCollectionKeepsItsIdCursorAndChoiceThroughEveryListing() {
        UUID connection = store().connection(store().user("UTC"), "{}");
        assertThat(store().ports().connections().isListingDue(connection)).isTrue();
        collections().refresh(connection, List.of(Sample.found("a"), Sample.found("b")));
        assertThat(store().ports().connections().isListingDue(connection)).isFalse();
        UUID a = id(connection, "a");
        assertThat(collections().selected(connection, TASKS))
                .as("nothing is chosen yet")
                .isEmpty();
        store().select(a);
        collections().advance(collections().find(a), "c1");

        collections().refresh(connection, List.of(Sample.found("b")));
        assertThat(collections().vanished(connection)).containsExactly("a");
        assertThat(collections().selected(connection, TASKS)).isEmpty();
        assertThat(collections().homes(connection, Kind.TASK)).hasSize(2);
        assertThat(store().ports().connections().isListingDue(connection)).isTrue();

        collections().refresh(connection, List.of(new FoundCollection("a", Kind.TASK, "A", true, Map.of("k", "v"))));
        assertThat(collections().selected(connection, TASKS))
                .containsExactly(new CollectionRef(a, "a", Kind.TASK, "A", true, Map.of("k", "v"), "c1"));
        assertThat(collections().find(a).name()).isEqualTo("A");
        assertThat(collections().vanished(connection)).as("b was never chosen").isEmpty();
    }

    @Test
    default void aListingMayNameACollectionTwiceAndOneOfEachKind() {
        UUID connection = store().connection(store().user("UTC"), "{}");

        collections()
                .refresh(
                        connection,
                        List.of(
                                Sample.found("a"),
                                new FoundCollection("a", Kind.TASK, "again", false, Map.of()),
                                new FoundCollection("a", Kind.EVENT, "events", false, Map.of())));

        assertThat(collections().homes(connection, Kind.TASK))
                .singleElement()
                .matches(home -> home.collection().name().equals("again") && !home.selected());
        assertThat(collections().homes(connection, Kind.EVENT)).hasSize(1);
    }

    @Test
    default void doubtsGrowUntilAWalkIsWhole() {
        UUID connection = store().connection(store().user("UTC"), "{}");
        collections().refresh(connection, List.of(Sample.found("a")));
        UUID a = id(connection, "a");
        collections().doubt(a);
        collections().doubt(a);
        assertThat(collections().doubts(a)).isEqualTo(2);
        assertThat(collections().isInDoubt(connection)).as("not chosen").isFalse();
        store().select(a);
        assertThat(collections().isInDoubt(connection)).isTrue();
        collections().refresh(connection, List.of(Sample.found("a")));
        assertThat(collections().doubts(a)).as("a listing is no walk").isEqualTo(2);
        collections().vanish(a);
        assertThat(collections().isInDoubt(connection)).isFalse();

        collections().advance(collections().find(a), "c1");
        assertThat(collections().doubts(a)).isZero();
        assertThat(collections().isInDoubt(connection)).isFalse();
        assertThat(collections().vanished(connection))
                .as("what is walked through is there")
                .isEmpty();
        collections().doubt(a);
        collections().rewind(a);
        assertThat(collections().find(a).cursor()).isNull();
        assertThat(collections().doubts(a)).isEqualTo(1);
    }

    @Test
    default void aRewoundCursorStaysUntilAWalkThatBeganLaterIsThrough() {
        UUID connection = store().connection(store().user("UTC"), "{}");
        collections().refresh(connection, List.of(Sample.found("a"), Sample.found("b")));
        UUID a = id(connection, "a");
        store().select(a);
        assertThat(collections().rewinds(connection)).isZero();
        CollectionRef before = collections().selected(connection, TASKS).getFirst();
        assertThat(collections().isRewound(before)).isFalse();
        collections().advance(before, "c1");
        collections().doubt(a);

        collections().rewind(a);
        collections().refresh(connection, List.of(Sample.found("a"), Sample.found("b")));
        assertThat(collections().isRewound(before)).isTrue();
        assertThat(collections().isRewound(before.from("c1"))).isTrue();
        assertThat(collections().rewinds(connection)).isEqualTo(1);

        collections().vanish(a);
        collections().advance(before.from("c1"), "c2");
        assertThat(collections().find(a).cursor()).isNull();
        assertThat(collections().doubts(a)).as("it was whole all the same").isZero();
        assertThat(collections().vanished(connection)).isEmpty();

        CollectionRef after = collections().selected(connection, TASKS).getFirst();
        assertThat(collections().isRewound(after)).isFalse();
        assertThat(collections()
                        .homes(connection, Kind.TASK)
                        .getFirst()
                        .collection()
                        .rewinds())
                .isEqualTo(1);
        collections().advance(after, "c3");
        collections().advance(before, "c2");
        assertThat(collections().find(a).cursor()).isEqualTo("c3");

        collections().rewind(a);
        collections().rewind(id(connection, "b"));
        assertThat(collections().rewinds(connection)).isEqualTo(3);
    }

    @Test
    default void aRunGoesThroughTheChosenOnesByName() {
        UUID connection = store().connection(store().user("UTC"), "{}");
        collections()
                .refresh(
                        connection,
                        List.of(
                                Sample.found("Zoo"),
                                Sample.found("alpha"),
                                Sample.found("Äther"),
                                new FoundCollection("days", Kind.EVENT, "days", false, Map.of())));
        for (String name : List.of("Zoo", "alpha", "Äther")) {
            store().select(id(connection, name));
        }
        store().select(collections()
                .homes(connection, Kind.EVENT)
                .getFirst()
                .collection()
                .id());

        assertThat(collections().selected(connection, TASKS))
                .extracting(CollectionRef::name)
                .containsExactly("Zoo", "alpha", "Äther");
        assertThat(collections().selected(connection, List.of(Kind.TASK, Kind.EVENT)))
                .extracting(CollectionRef::name)
                .containsExactly("Zoo", "alpha", "days", "Äther");
        assertThat(collections().selected(connection, List.of())).isEmpty();
        assertThat(collections().homes(connection, Kind.TASK))
                .extracting(home -> home.collection().name())
                .containsExactly("Zoo", "alpha", "Äther");
    }

    @Test
    default void aNewCopyGoesWhereThePersonChoseElseToTheFirstThatTakesIt() {
        UUID connection = store().connection(store().user("UTC"), "{}");
        collections()
                .refresh(
                        connection,
                        List.of(
                                new FoundCollection("0", Kind.TASK, "0 read only", true, Map.of()),
                                Sample.found("1 not chosen"),
                                Sample.found("2"),
                                Sample.found("3")));
        UUID readOnly = id(connection, "0");
        UUID two = id(connection, "2");
        UUID three = id(connection, "3");
        assertThat(collections().target(connection, Kind.TASK, two)).isEmpty();
        List.of(readOnly, two, three).forEach(store()::select);

        assertThat(collections().target(connection, Kind.TASK, null)).contains(two);
        assertThat(collections().target(connection, Kind.TASK, three)).contains(three);
        assertThat(collections().target(connection, Kind.TASK, readOnly)).contains(two);
        assertThat(collections().target(connection, Kind.EVENT, three)).isEmpty();
        collections().vanish(three);
        assertThat(collections().target(connection, Kind.TASK, three)).contains(two);
    }

    @Test
    default void whatTheHubKnowsOfObjectsIsWhatSpeaksForALook() {
        Sample sample = Sample.in(store());
        sample.put(sample.copy(sample.kept("live"), "live"));
        sample.put(sample.fresh(sample.kept("written")).written("written", "", "2", Sample.titled("w"), null));
        sample.put(sample.copy(sample.kept("gone"), "gone").withState(Link.State.GONE, store().now()));
        sample.put(sample.copy(sample.kept("twin"), "twin").withState(Link.State.DUPLICATE, null));
        sample.put(sample.copy(sample.kept("released"), "released").released(store().now()));
        StoredItem unwanted = sample.deleted(sample.kept("unwanted"), store().now());
        sample.put(sample.copy(unwanted, "unwanted").released(store().now()));
        sample.put(sample.copy(sample.kept("ended"), "ended").ended(store().now()));
        sample.put(sample.fresh(sample.kept("unnamed")));
        sample.put(sample.fresh(sample.kept("1")).seen("series", "", "1", Sample.titled("1"), null));
        sample.put(sample.fresh(sample.kept("2")).seen("series", "2", "2", Sample.titled("2"), null));

        assertThat(collections().known(sample.collection))
                .isEqualTo(Map.of(
                        "live", new Walk.KnownObject("1", true, true),
                        "written", new Walk.KnownObject("2", false, true),
                        "gone", new Walk.KnownObject("1", true, false),
                        "twin", new Walk.KnownObject("1", true, true),
                        "released", new Walk.KnownObject("1", true, false),
                        "unwanted", new Walk.KnownObject("1", true, true),
                        "series", new Walk.KnownObject(null, true, true)));
        assertThat(collections().ended(sample.collection)).containsExactly("ended");
    }

    @Test
    default void whatCouldNotBeReadIsKnownByItsVersion() {
        Sample sample = Sample.in(store());
        sample.write(out -> {
            out.park(sample.letter(DeadLetter.Direction.INBOUND, "a", "", "7"));
            out.park(sample.letter(DeadLetter.Direction.INBOUND, "b", "", null));
            out.park(sample.letter(DeadLetter.Direction.OUTBOUND, "c", "", "1"));
        });

        assertThat(collections().unreadable(sample.connection, sample.collection))
                .isEqualTo(Map.of("a", "7", "b", ""));
        assertThat(collections().unreadable(sample.connection, store().id())).isEmpty();

        store().ports()
                .transaction()
                .execute(() -> store().ports().letters().forgetVersions(sample.connection, Set.of("a", "c", "none")));
        assertThat(collections().unreadable(sample.connection, sample.collection))
                .isEqualTo(Map.of("a", "", "b", ""));
    }

    @Test
    default void aCursorMovesBackWithAFailedTransaction() {
        Sample sample = Sample.in(store());
        collections().advance(collections().find(sample.collection), "c1");

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> store().ports()
                        .transaction()
                        .execute(() -> {
                            collections().advance(collections().find(sample.collection), "c2");
                            throw new IllegalStateException("killed");
                        }))
                .hasMessage("killed");

        assertThat(collections().find(sample.collection).cursor()).isEqualTo("c1");
    }
}
