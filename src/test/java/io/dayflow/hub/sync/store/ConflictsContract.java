package io.dayflow.hub.sync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.sync.ConflictStore;
import io.dayflow.hub.sync.LetterStore;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A link has one open conflict, whose end is told; a place has one dead letter. */
interface ConflictsContract {

    Store store();

    private ConflictStore conflicts() {
        return store().ports().conflicts();
    }

    private LetterStore letters() {
        return store().ports().letters();
    }

    @Test
    default void aConflictIsReadAsItWasOpenedAndIsItsUsersOnly() {
        Sample sample = Sample.in(store());
        Link link = sample.put(sample.copy(sample.kept("Milk"), "a"));
        OpenConflict conflict = at(sample.conflict(link, "ours"), store().now().truncatedTo(ChronoUnit.MICROS));

        sample.write(out -> out.open(conflict));

        assertThat(sample.known(link.itemId()).conflictsByLink()).isEqualTo(Map.of(link.id(), conflict));
        assertThat(conflicts().find(sample.user, conflict.id()))
                .contains(new ConflictStore.Place(link.itemId(), link.id(), sample.connection, true));
        assertThat(conflicts().find(store().user("UTC"), conflict.id())).isEmpty();
        assertThat(conflicts().find(sample.user, store().id())).isEmpty();
    }

    private static OpenConflict at(OpenConflict conflict, java.time.Instant detectedAt) {
        return new OpenConflict(
                conflict.id(),
                conflict.userId(),
                conflict.connectionId(),
                conflict.itemId(),
                conflict.linkId(),
                conflict.kind(),
                conflict.type(),
                conflict.title(),
                conflict.fields(),
                detectedAt);
    }

    @Test
    default void aConflictThatIsOpenedAgainIsTheSameWithOtherFields() {
        Sample sample = Sample.in(store());
        Link link = sample.put(sample.copy(sample.kept("Milk"), "a"));
        var detectedAt = store().now().truncatedTo(ChronoUnit.MICROS);
        OpenConflict first = at(sample.conflict(link, "ours"), detectedAt);
        OpenConflict second = at(sample.conflict(link, "later"), detectedAt.plusSeconds(60));
        sample.write(out -> out.open(first));

        sample.write(out -> out.open(second));

        OpenConflict open = sample.known(link.itemId()).conflictsByLink().get(link.id());
        assertThat(open.id()).isEqualTo(first.id());
        assertThat(open.detectedAt()).isEqualTo(detectedAt);
        assertThat(open.title()).isEqualTo("later");
        assertThat(open.fields()).isEqualTo(second.fields());
        assertThat(conflicts().find(sample.user, second.id())).isEmpty();
    }

    @Test
    default void whatTheHubClosesSaysSo() {
        Sample sample = Sample.in(store());
        Link link = sample.put(sample.copy(sample.kept("Milk"), "a"));
        OpenConflict conflict = sample.conflict(link, "ours");
        sample.write(out -> out.open(conflict));

        sample.write(out -> out.close(link.id(), "settled"));

        assertThat(sample.known(link.itemId()).conflictsByLink()).isEmpty();
        assertThat(store().conflict(conflict.id())).contains(new Store.Ended(false, "settled", "hub"));
        sample.write(out -> out.close(link.id(), "again"));
        assertThat(store().conflict(conflict.id())).contains(new Store.Ended(false, "settled", "hub"));
    }

    @Test
    default void whatAPersonDecidesSaysSoWhetherItIsClosedBeforeOrAfter() {
        Sample sample = Sample.in(store());
        Link one = sample.put(sample.copy(sample.kept("Milk"), "a"));
        Link two = sample.put(sample.copy(sample.kept("Bread"), "b"));
        OpenConflict before = sample.conflict(one, "ours");
        OpenConflict after = sample.conflict(two, "ours");
        sample.write(out -> {
            out.open(before);
            out.open(after);
        });

        sample.write(out -> out.close(one.id(), "resolved"));
        conflicts().decided(before.id(), "keep_dayflow");
        conflicts().decided(after.id(), "keep_external");
        sample.write(out -> out.close(two.id(), "resolved"));

        assertThat(store().conflict(before.id())).contains(new Store.Ended(false, "keep_dayflow", "user"));
        assertThat(store().conflict(after.id())).contains(new Store.Ended(false, "resolved", "user"));
    }

    @Test
    default void oneSetClosesTheOldAndOpensTheNew() {
        Sample sample = Sample.in(store());
        Link link = sample.put(sample.copy(sample.kept("Milk"), "a"));
        OpenConflict old = sample.conflict(link, "old");
        sample.write(out -> out.open(old));
        OpenConflict fresh = sample.conflict(link, "new");

        sample.write(out -> {
            out.close(link.id(), "settled");
            out.open(fresh);
        });

        assertThat(store().conflict(old.id())).map(Store.Ended::open).contains(false);
        assertThat(sample.known(link.itemId()).conflictsByLink().get(link.id()).id())
                .isEqualTo(fresh.id());
    }

    @Test
    default void whatAStrategyDecidesIsKeptBesideAnOpenOne() {
        Sample sample = Sample.in(store());
        Link link = sample.put(sample.copy(sample.kept("Milk"), "a"));
        OpenConflict open = sample.conflict(link, "open");
        OpenConflict decided = sample.conflict(link, "decided");
        OpenConflict also = sample.conflict(link, "also decided");

        sample.write(out -> {
            out.open(open);
            out.decide(decided, "keep_dayflow");
            out.decide(also, "merge");
        });

        assertThat(sample.known(link.itemId()).conflictsByLink().get(link.id()).id())
                .isEqualTo(open.id());
        assertThat(store().conflict(decided.id())).contains(new Store.Ended(false, "keep_dayflow", "strategy"));
        assertThat(store().conflict(also.id())).contains(new Store.Ended(false, "merge", "strategy"));
        assertThat(conflicts().find(sample.user, decided.id()))
                .map(ConflictStore.Place::open)
                .contains(false);
    }

    // ---- dead letters

    @Test
    default void aPlaceHasOneLetterThatKeepsItsId() {
        Sample sample = Sample.in(store());
        DeadLetter first = sample.letter(DeadLetter.Direction.INBOUND, "a", "", "1");
        DeadLetter second = sample.letter(DeadLetter.Direction.INBOUND, "a", "", "2");
        DeadLetter part = sample.letter(DeadLetter.Direction.INBOUND, "a", "2", null);
        DeadLetter out = sample.letter(DeadLetter.Direction.OUTBOUND, "a", "", "1");
        sample.write(set -> set.park(first));

        sample.write(set -> {
            set.park(second);
            set.park(part);
            set.park(out);
        });

        assertThat(letters().lock(sample.user, first.id())).isPresent();
        assertThat(letters().lock(sample.user, second.id())).isEmpty();
        assertThat(letters().lock(sample.user, out.id()))
                .contains(new LetterStore.Letter(sample.user, sample.connection, sample.collection, null, null, false));
        assertThat(letters().lock(store().user("UTC"), out.id())).isEmpty();
        assertThat(store().ports().connections().letters(sample.connection))
                .isEqualTo(new io.dayflow.hub.sync.ConnectionStore.Letters(2, 1));
    }

    @Test
    default void aLetterFollowsItsObjectIntoAnotherCollection() {
        Sample sample = Sample.in(store());
        UUID elsewhere = sample.collection(sample.connection, "elsewhere");
        DeadLetter first = sample.letter(DeadLetter.Direction.INBOUND, "a", "", "1");
        DeadLetter moved = DeadLetter.unread(
                store().id(), sample.user, sample.connection, elsewhere, "a", "unreadable", "no title", store().now());
        sample.write(out -> out.park(first));

        sample.write(out -> out.park(moved));

        assertThat(store().ports().collections().unreadable(sample.connection, sample.collection))
                .isEmpty();
        assertThat(store().ports().collections().unreadable(sample.connection, elsewhere))
                .isEqualTo(Map.of("a", ""));
    }

    @Test
    default void whatIsReadableAgainHasNoLetterThatWayUnlessItFailsInTheSameStep() {
        Sample sample = Sample.in(store());
        sample.write(out -> {
            out.park(sample.letter(DeadLetter.Direction.INBOUND, "a", "", "1"));
            out.park(sample.letter(DeadLetter.Direction.INBOUND, "a", "2", "1"));
            out.park(sample.letter(DeadLetter.Direction.OUTBOUND, "a", "", "1"));
            out.park(sample.letter(DeadLetter.Direction.INBOUND, "b", "", "1"));
        });

        sample.write(out -> {
            out.readable(sample.connection, DeadLetter.Direction.INBOUND, "a");
            out.readable(sample.connection, DeadLetter.Direction.INBOUND, "b");
            out.park(sample.letter(DeadLetter.Direction.INBOUND, "b", "", "2"));
        });

        assertThat(store().ports().collections().unreadable(sample.connection, sample.collection))
                .isEqualTo(Map.of("b", "2"));
        assertThat(store().ports().connections().letters(sample.connection))
                .isEqualTo(new io.dayflow.hub.sync.ConnectionStore.Letters(1, 1));
    }

    @Test
    default void aForgottenVersionIsReadAgain() {
        Sample sample = Sample.in(store());
        DeadLetter letter = sample.letter(DeadLetter.Direction.INBOUND, "a", "", "1");
        sample.write(out -> out.park(letter));

        letters().forgetVersion(letter.id());

        assertThat(store().ports().collections().unreadable(sample.connection, sample.collection))
                .isEqualTo(Map.of("a", ""));
        assertThat(letters().lock(sample.user, letter.id())).isPresent();
    }

    @Test
    default void aForgottenItemTakesItsLinksConflictsAndLettersAlong() {
        Sample sample = Sample.in(store());
        StoredItem item = sample.kept("Milk");
        Link link = sample.put(sample.copy(item, "a"));
        OpenConflict conflict = sample.conflict(link, "ours");
        DeadLetter about = sample.letter(DeadLetter.Direction.OUTBOUND, "a", "", "1");
        DeadLetter letter = new DeadLetter(
                about.id(),
                sample.user,
                sample.connection,
                sample.collection,
                null,
                item.id(),
                link.id(),
                DeadLetter.Direction.OUTBOUND,
                "a",
                "",
                null,
                "rejected",
                "too long",
                null,
                store().now());
        sample.write(out -> {
            out.decide(conflict, "keep_dayflow");
            out.park(letter);
        });
        assertThat(letters().lock(sample.user, letter.id()))
                .map(LetterStore.Letter::linkId)
                .contains(link.id());

        store().ports().kept().forget(java.util.List.of(item.id()));

        assertThat(sample.find(item)).isEmpty();
        assertThat(sample.find(link)).isEmpty();
        assertThat(store().conflict(conflict.id())).isEmpty();
        assertThat(letters().lock(sample.user, letter.id())).isEmpty();
    }
}
