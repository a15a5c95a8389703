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

    @Test
    void only_what_is_new_or_has_another_version_is_fetched() {
        Walk walk = walk(Map.of("same", known("1"), "edited", known("1")), Map.of(), false);

        List<Walk.Chunk> chunks = walk.next(whole(entry("same", "1"), entry("edited", "2"), entry("new", "1")), 10);

        assertThat(chunks).singleElement().satisfies(chunk -> {
            assertThat(chunk.fetch()).containsExactly("edited", "new");
            assertThat(chunk.gone()).isEmpty();
            assertThat(chunk.cursor()).isEqualTo("c1");
        });
    }

    @Test
    void what_the_hub_wrote_and_has_not_read_back_is_fetched() {
        Walk walk = walk(Map.of("mine", new Walk.KnownObject("1", false, true)), Map.of(), false);

        assertThat(walk.next(whole(entry("mine", "1")), 10).getFirst().fetch()).containsExactly("mine");
    }

    @Test
    void what_came_back_is_fetched_although_its_version_is_known() {
        Walk walk = walk(Map.of("back", new Walk.KnownObject("1", true, false)), Map.of(), false);

        assertThat(walk.next(whole(entry("back", "1")), 10).getFirst().fetch()).containsExactly("back");
    }

    @Test
    void an_unreadable_version_is_not_read_again_but_the_next_one_is() {
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
    void a_full_walk_looks_at_everything() {
        Walk walk = walk(Map.of("same", known("1")), Map.of("bad", "1"), true);

        assertThat(walk.next(whole(entry("same", "1"), entry("bad", "1")), 10)
                        .getFirst()
                        .fetch())
                .containsExactly("same", "bad");
    }

    @Test
    void absence_from_a_complete_enumeration_proves_a_deletion_and_from_a_partial_one_nothing() {
        Walk complete = walk(Map.of("a", known("1"), "b", known("1")), Map.of(), false);
        Walk partial = walk(Map.of("a", known("1"), "b", known("1")), Map.of(), false);

        assertThat(complete.next(whole(entry("a", "1")), 10).getFirst().gone()).containsExactly("b");
        assertThat(partial.next(new Listing(List.of(entry("a", "1")), "c1", false, false), 10)
                        .getFirst()
                        .gone())
                .isEmpty();
    }

    @Test
    void an_enumeration_in_pages_proves_absence_and_moves_the_cursor_only_at_its_end() {
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
    void a_tombstone_counts_only_for_what_is_known_and_not_for_what_the_same_listing_shows() {
        Walk walk = walk(Map.of("a", known("1"), "b", known("1")), Map.of(), false);

        Walk.Chunk chunk = walk.next(
                        new Listing(
                                List.of(gone("a"), gone("b"), gone("stranger"), entry("b", "2")), "c1", false, false),
                        10)
                .getFirst();

        assertThat(chunk.gone()).containsExactly("a");
        assertThat(chunk.fetch()).containsExactly("b");
    }

    @Test
    void the_cursor_and_the_deletions_travel_with_the_last_chunk() {
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
    void what_a_listing_of_the_visible_does_not_name_is_looked_at_and_not_gone() {
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
    void a_listing_of_the_visible_is_whole_at_its_last_page_and_moves_the_cursor_with_the_last_of_what_was_absent() {
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
    void the_weakest_page_says_what_absence_means() {
        for (Listing.Coverage weaker : Listing.Coverage.values()) {
            for (Listing.Coverage other : Listing.Coverage.values()) {
                Walk walk = walk(Map.of("absent", known("1")), Map.of(), false);
                walk.next(new Listing(List.of(), "c1", true, weaker), 10);

                Walk.Chunk last = walk.next(new Listing(List.of(), "c2", false, other), 10)
                        .getLast();

                boolean proof = weaker == EVERYTHING && other == EVERYTHING;
                boolean look = !proof && weaker != CHANGES && other != CHANGES;
                assertThat(last.gone()).as(weaker + " " + other).isEqualTo(proof ? Set.of("absent") : Set.of());
                assertThat(last.fetch()).as(weaker + " " + other).isEqualTo(look ? List.of("absent") : List.of());
            }
        }
    }

    @Test
    void a_listing_of_changes_says_nothing_of_what_it_does_not_name_and_moves_the_cursor_page_by_page() {
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
    void what_lives_elsewhere_is_of_interest_only_where_it_is_known_here() {
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
    void what_lives_elsewhere_now_is_neither_gone_nor_looked_at_twice() {
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
    void what_was_named_and_is_not_there_is_left_alone_and_holds_the_cursor_of_the_whole_walk() {
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
    void what_is_named_again_and_again_and_never_there_is_unreadable_and_holds_nothing_up() {
        Walk walk = new Walk(CALENDAR, 3, Map.of("named", known("1")), Map.of(), false);
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
    void a_page_without_doubt_moves_the_cursor() {
        Walk walk = walk(Map.of("gone", known("1")), Map.of(), false);
        Walk.Chunk chunk = walk.next(new Listing(List.of(gone("gone")), "c1", false, CHANGES), 10)
                .getLast();

        assertThat(walk.page(chunk, List.of(), List.of())).isEqualTo(new Page(List.of(), Set.of("gone"), "c1"));
    }

    private static Walk walk(Map<String, Walk.KnownObject> known, Map<String, String> unreadable, boolean full) {
        return new Walk(CALENDAR, 0, known, unreadable, full);
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
