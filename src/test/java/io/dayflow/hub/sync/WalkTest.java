package io.dayflow.hub.sync;

import static io.dayflow.hub.provider.Listing.Coverage.CHANGES;
import static io.dayflow.hub.provider.Listing.Coverage.EVERYTHING;
import static io.dayflow.hub.provider.Listing.Coverage.VISIBLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Listing.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WalkTest {

    private static final CollectionRef CALENDAR =
            new CollectionRef(new UUID(1, 1), "/work/", Kind.EVENT, "Work", false, Map.of(), null);

    private static final long TICK = 7;

    @Test
    void onlyWhatIsNewOrHasAnotherVersionIsFetched() {
        Walk walk = walk(Map.of("same", known("1"), "edited", known("1")), Map.of(), false);

        List<Walk.Chunk> chunks = walk.next(whole(entry("same", "1"), entry("edited", "2"), entry("new", "1")), 10);

        assertThat(chunks).singleElement().satisfies(chunk -> {
            assertThat(chunk.fetch()).containsExactly("edited", "new");
            assertThat(chunk.gone()).isEmpty();
            assertThat(chunk.cursor()).isEqualTo("c1");
        });
    }

    @Test
    void whatTheHubWroteAndHasNotReadBackIsFetched() {
        Walk walk = walk(Map.of("mine", new Walk.KnownObject("1", false, true)), Map.of(), false);

        assertThat(walk.next(whole(entry("mine", "1")), 10).getFirst().fetch()).containsExactly("mine");
    }

    @Test
    void whatCameBackIsFetchedAlthoughItsVersionIsKnown() {
        Walk walk = walk(Map.of("back", new Walk.KnownObject("1", true, false)), Map.of(), false);

        assertThat(walk.next(whole(entry("back", "1")), 10).getFirst().fetch()).containsExactly("back");
    }

    @Test
    void anUnreadableVersionIsNotReadAgainButTheNextOneIs() {
        assertThat(walk(Map.of(), Map.of("bad", "1"), false)
                        .next(whole(entry("bad", "1")), 10)
                        .getFirst()
                        .fetch())
                .isEmpty();
        assertThat(walk(Map.of(), Map.of("bad", "1"), false)
                        .next(whole(entry("bad", "2")), 10)
                        .getFirst()
                        .fetch())
                .containsExactly("bad");
    }

    @Test
    void aFullWalkLooksAtEverything() {
        Walk walk = walk(Map.of("same", known("1")), Map.of("bad", "1"), true);

        assertThat(walk.next(whole(entry("same", "1"), entry("bad", "1")), 10)
                        .getFirst()
                        .fetch())
                .containsExactly("same", "bad");
    }

    @Test
    void absenceFromACompleteEnumerationProvesADeletionAndFromAPartialOneNothing() {
        Walk complete = walk(Map.of("a", known("1"), "b", known("1")), Map.of(), false);
        Walk partial = walk(Map.of("a", known("1"), "b", known("1")), Map.of(), false);

        assertThat(complete.next(whole(entry("a", "1")), 10).getFirst().gone()).containsExactly("b");
        assertThat(partial.next(new Listing(List.of(entry("a", "1")), "c1", false, false), 10)
                        .getFirst()
                        .gone())
                .isEmpty();
    }

    @Test
    void anEnumerationInPagesProvesAbsenceAndMovesTheCursorOnlyAtItsEnd() {
        Walk walk = walk(Map.of("a", known("1"), "b", known("1"), "c", known("1")), Map.of(), false);

        Walk.Chunk first = walk.next(new Listing(List.of(entry("a", "1")), "c1", true, true), 10)
                .getLast();
        Walk.Chunk last = walk.next(new Listing(List.of(entry("b", "1")), "c2", false, true), 10)
                .getLast();

        assertThat(first.gone()).isEmpty();
        assertThat(first.cursor()).isNull();
        assertThat(last.gone()).containsExactly("c");
        assertThat(last.cursor()).isEqualTo("c2");
    }

    @Test
    void aTombstoneCountsAlsoForWhatSomebodyBroughtMeanwhileAndNotForWhatTheListingShowsLater() {
        Walk walk = walk(Map.of("a", known("1"), "b", known("1")), Map.of(), false);

        Walk.Chunk chunk = walk.next(
                        new Listing(
                                List.of(gone("a"), gone("b"), gone("meanwhile"), entry("b", "2")), "c1", false, false),
                        10)
                .getFirst();

        assertThat(chunk.gone()).containsExactly("a", "meanwhile");
        assertThat(chunk.fetch()).containsExactly("b");
    }

    @Test
    void theCursorAndTheDeletionsTravelWithTheLastChunk() {
        Walk walk = walk(Map.of("old", known("1")), Map.of(), false);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            entries.add(entry("e" + i, "1"));
        }

        List<Walk.Chunk> chunks = walk.next(new Listing(entries, "c1", false, true), 10);

        assertThat(chunks).extracting(chunk -> chunk.fetch().size()).containsExactly(10, 10, 5);
        assertThat(chunks).extracting(Walk.Chunk::cursor).containsExactly(null, null, "c1");
        assertThat(chunks.get(0).gone()).isEmpty();
        assertThat(chunks.get(2).gone()).containsExactly("old");
    }

    @Test
    void whatAListingOfTheVisibleDoesNotNameIsLookedAtAndNotGone() {
        Walk walk = walk(
                Map.of("done", known("1"), "open", known("1"), "held", new Walk.KnownObject("1", true, false)),
                Map.of("bad", "1"),
                false);

        Walk.Chunk chunk = walk.next(new Listing(List.of(entry("open", "1")), "c1", false, VISIBLE), 10)
                .getLast();

        assertThat(chunk.fetch()).containsExactly("bad", "done", "held");
        assertThat(chunk.gone()).isEmpty();
        assertThat(chunk.cursor()).isEqualTo("c1");
    }

    @Test
    void aListingOfTheVisibleIsWholeAtItsLastPageAndMovesTheCursorWithTheLastOfWhatWasAbsent() {
        Walk walk = walk(Map.of("a", known("1"), "b", known("1"), "c", known("1"), "d", known("1")), Map.of(), false);

        List<Walk.Chunk> first = walk.next(new Listing(List.of(entry("a", "1")), "c1", true, VISIBLE), 2);
        List<Walk.Chunk> last = walk.next(new Listing(List.of(gone("b"), entry("e", "1")), "c2", false, VISIBLE), 2);

        assertThat(first).allSatisfy(chunk -> {
            assertThat(chunk.fetch()).isEmpty();
            assertThat(chunk.cursor()).isNull();
        });
        assertThat(last).extracting(Walk.Chunk::fetch).containsExactly(List.of("e", "c"), List.of("d"));
        assertThat(last).extracting(Walk.Chunk::gone).containsExactly(Set.of(), Set.of("b"));
        assertThat(last).extracting(Walk.Chunk::cursor).containsExactly(null, "c2");
    }

    @Test
    void theWeakestPageSaysWhatAbsenceMeansUnlessChangesTurnIntoAnEnumeration() {
        for (Listing.Coverage first : Listing.Coverage.values()) {
            for (Listing.Coverage other : Listing.Coverage.values()) {
                Walk walk = walk(Map.of("absent", known("1")), Map.of(), false);
                walk.next(new Listing(List.of(), "c1", true, first), 10);

                Walk.Chunk last = walk.next(new Listing(List.of(), "c2", false, other), 10)
                        .getLast();

                boolean proof = first == EVERYTHING && other == EVERYTHING;
                boolean look = !proof && other != CHANGES;
                assertThat(last.gone()).as(first + " " + other).isEqualTo(proof ? Set.of("absent") : Set.of());
                assertThat(last.fetch()).as(first + " " + other).isEqualTo(look ? List.of("absent") : List.of());
            }
        }
    }

    @Test
    void aListingOfChangesSaysNothingOfWhatItDoesNotNameAndMovesTheCursorPageByPage() {
        Walk walk = walk(Map.of("absent", known("1")), Map.of("bad", "1"), false);

        Walk.Chunk first =
                walk.next(new Listing(List.of(), "c1", true, CHANGES), 10).getLast();
        Walk.Chunk last =
                walk.next(new Listing(List.of(), "c2", false, CHANGES), 10).getLast();

        assertThat(List.of(first, last)).allSatisfy(chunk -> {
            assertThat(chunk.fetch()).isEmpty();
            assertThat(chunk.gone()).isEmpty();
        });
        assertThat(first.cursor()).isEqualTo("c1");
        assertThat(last.cursor()).isEqualTo("c2");
    }

    @Test
    void whatLivesElsewhereIsOfInterestOnlyWhereItIsKnownHere() {
        Walk walk = walk(Map.of("moved", known("1"), "named", known("1")), Map.of(), false);

        List<Walk.Chunk> chunks = walk.next(
                new Listing(
                        List.of(
                                new Entry("moved", "1", false, true, "{}"),
                                new Entry("named", "1", false, true, null),
                                new Entry("stranger", "1", false, true, "{}")),
                        "c1",
                        false,
                        CHANGES),
                10);

        assertThat(chunks).flatExtracting(Walk.Chunk::fetch).containsExactly("named");
        assertThat(chunks).flatExtracting(Walk.Chunk::atHand).containsExactly(new Fetched("moved", "1", "{}"));
        assertThat(chunks).flatExtracting(Walk.Chunk::gone).isEmpty();
    }

    @Test
    void whatLivesElsewhereNowIsNeitherGoneNorLookedAtTwice() {
        for (Listing.Coverage coverage : List.of(VISIBLE, EVERYTHING)) {
            Walk walk = walk(Map.of("moved", known("1")), Map.of(), false);

            List<Walk.Chunk> chunks = walk.next(
                    new Listing(List.of(new Entry("moved", "1", false, true, "{}")), "c1", false, coverage), 10);

            assertThat(chunks).singleElement().satisfies(chunk -> {
                assertThat(chunk.fetch()).isEmpty();
                assertThat(chunk.gone()).isEmpty();
                assertThat(chunk.atHand()).extracting(Fetched::externalId).containsExactly("moved");
            });
        }
    }

    @Test
    void whatWasNamedAndIsNotThereIsLeftAloneAndHoldsTheCursorOfTheWholeWalk() {
        Walk walk = walk(Map.of("named", known("1"), "absent", known("1"), "absent too", known("1")), Map.of(), false);
        List<Walk.Chunk> chunks = walk.next(new Listing(List.of(entry("named", "2")), "c1", false, VISIBLE), 1);

        List<Page> pages = chunks.stream()
                .map(chunk -> walk.page(chunk, List.of(), chunk.fetch()))
                .toList();

        assertThat(pages).extracting(Page::gone).containsExactly(Set.of(), Set.of("absent"), Set.of("absent too"));
        assertThat(pages).extracting(Page::cursor).containsOnlyNulls();
        assertThat(walk.isInDoubt()).isTrue();
    }

    @Test
    void whatIsNamedAgainAndAgainAndNeverThereIsUnreadableAndHoldsNothingUp() {
        Walk walk = new Walk(CALENDAR, 3, Map.of("named", known("1")), Map.of(), Set.of(), Visit.NEWS, TICK);
        Walk.Chunk chunk = walk.next(whole(entry("named", "2")), 10).getLast();

        Page page = walk.page(chunk, List.of(), List.of("named"));

        assertThat(page.gone()).isEmpty();
        assertThat(page.cursor()).isEqualTo("c1");
        assertThat(page.objects())
                .singleElement()
                .satisfies(object -> assertThat(object.problems()).hasSize(1));
        assertThat(walk.isInDoubt()).isFalse();
    }

    @Test
    void aPageWithoutDoubtMovesTheCursor() {
        Walk walk = walk(Map.of("gone", known("1")), Map.of(), false);
        Walk.Chunk chunk = walk.next(new Listing(List.of(gone("gone")), "c1", false, CHANGES), 10)
                .getLast();

        assertThat(walk.page(chunk, List.of(), List.of()))
                .isEqualTo(new Page(List.of(), Set.of("gone"), "c1", TICK, TICK, Visit.NEWS));
    }

    @Test
    void anEnumerationThatTakesThePlaceOfChangesLooksAtWhatItDoesNotName() {
        Walk walk = walk(Map.of("a", known("1"), "b", known("1")), Map.of(), false);
        walk.next(new Listing(List.of(entry("b", "2")), "c1", true, CHANGES), 10);

        Walk.Chunk last = walk.next(new Listing(List.of(entry("a", "1")), "c2", false, EVERYTHING), 10)
                .getLast();

        assertThat(last.fetch()).containsExactly("b");
        assertThat(last.absent()).containsExactly("b");
        assertThat(last.cursor()).isEqualTo("c2");
    }

    @Test
    void whatAListingSaysIsAsOldAsTheWalkAndALookAsOldAsItsRequest() {
        Walk walk = walk(Map.of("absent", known("1")), Map.of(), false);
        walk.next(new Listing(List.of(entry("a", "1")), "c1", true, EVERYTHING), 10);
        walk.goOn(8);
        List<Walk.Chunk> second = walk.next(
                new Listing(List.of(entry("b", "1"), new Entry("c", "1", false, "{}")), "c2", false, EVERYTHING), 10);
        walk.goOn(9);

        assertThat(walk.page(second.getFirst(), List.of(), List.of()).readAt()).isEqualTo(9);
        Page last = walk.page(second.getLast(), List.of(), List.of());
        assertThat(last.gone()).containsExactly("absent");
        assertThat(last.readAt()).isEqualTo(7);
        assertThat(last.missedAt()).isEqualTo(7);
    }

    @Test
    void ofSeveralItemsInOneObjectTheLeastSureSpeaks() {
        Walk.KnownObject sure = new Walk.KnownObject("1", true, true);
        assertThat(Walk.KnownObject.lessSure(sure, new Walk.KnownObject("1", true, true)))
                .isEqualTo(sure);
        assertThat(Walk.KnownObject.lessSure(sure, new Walk.KnownObject("2", true, true)))
                .isEqualTo(new Walk.KnownObject(null, true, true));
        assertThat(Walk.KnownObject.lessSure(new Walk.KnownObject(null, true, true), sure))
                .isEqualTo(new Walk.KnownObject(null, true, true));
        for (Walk.KnownObject other :
                List.of(new Walk.KnownObject("1", false, true), new Walk.KnownObject("1", true, false))) {
            assertThat(Walk.KnownObject.lessSure(sure, other)).isEqualTo(other);
            assertThat(Walk.KnownObject.lessSure(other, sure)).isEqualTo(other);
        }
    }

    @Test
    void whatCouldNotBeJudgedLeavesTheWalkInDoubt() {
        Walk walk = walk(Map.of(), Map.of(), false);
        walk.left(Set.of());
        assertThat(walk.isInDoubt()).isFalse();
        walk.left(Set.of("a"));
        assertThat(walk.isInDoubt()).isTrue();
        walk.left(Set.of());
        assertThat(walk.isInDoubt()).as("for the rest of it").isTrue();
    }

    @Test
    void anUnreadableObjectThatLivesElsewhereIsOfInterestToo() {
        Walk walk = walk(Map.of(), Map.of("bad", "1"), false);
        Listing.Entry entry = new Listing.Entry("bad", "2", false, true, null);
        List<Walk.Chunk> chunks = walk.next(new Listing(List.of(entry), "c", false, Listing.Coverage.CHANGES), 10);
        assertThat(chunks.getFirst().fetch()).containsExactly("bad");
    }

    @Test
    void whatAListingBringsAndThenTellsAsGoneIsNotTakenIn() {
        Walk walk = walk(Map.of(), Map.of(), false);
        Entry brought = new Entry("a", "1", false, "{}");
        Entry other = new Entry("b", "1", false, "{}");

        Walk.Chunk chunk = walk.next(whole(brought, other, gone("a")), 10).getFirst();

        assertThat(chunk.atHand()).extracting(Fetched::externalId).containsExactly("b");
        assertThat(chunk.gone()).containsExactly("a");
    }

    @Test
    void aWalkGoesOnFromThePageBeforeUntilTheLastOrUntilItIsEnded() {
        Walk walk = walk(Map.of(), Map.of(), false);
        assertThat(walk.hasMore()).isTrue();
        assertThat(walk.collection()).isEqualTo(CALENDAR);
        walk.next(new Listing(List.of(), "p1", true, true), 10);
        assertThat(walk.hasMore()).isTrue();
        assertThat(walk.collection()).isEqualTo(CALENDAR.from("p1"));
        walk.next(new Listing(List.of(), "p2", false, true), 10);
        assertThat(walk.hasMore()).isFalse();

        Walk ended = walk(Map.of(), Map.of(), false);
        ended.end();
        assertThat(ended.hasMore()).isFalse();
    }

    @Test
    void whatHasNoVersionIsAlwaysLookedAt() {
        Walk walk = walk(Map.of("a", known("1"), "b", known("1")), Map.of("c", "1"), false);

        Walk.Chunk chunk = walk.next(whole(entry("a", null), entry("b", "1"), entry("c", null)), 10)
                .getFirst();

        assertThat(chunk.fetch()).containsExactly("a", "c");
    }

    private static Walk walk(Map<String, Walk.KnownObject> known, Map<String, String> unreadable, boolean full) {
        return new Walk(CALENDAR, 0, known, unreadable, Set.of(), full ? Visit.ANEW : Visit.NEWS, TICK);
    }

    private static Walk.KnownObject known(String version) {
        return new Walk.KnownObject(version, true, true);
    }

    private static Listing whole(Entry... entries) {
        return new Listing(List.of(entries), "c1", false, true);
    }

    private static Entry entry(String id, @Nullable String version) {
        return new Entry(id, version, false, null);
    }

    private static Entry gone(String id) {
        return new Entry(id, null, true, null);
    }
}
