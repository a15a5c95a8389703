package io.dayflow.hub.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is missing, and what is gone, whatever services call what they granted. */
class ScopesTest {

    private static final String GRAPH = "https://graph.microsoft.com/";

    private static Scopes consent(List<String> asked, String... said) {
        return Scopes.of(asked, List.of(said));
    }

    @Test
    void whatWasAskedForIsNotMissingWhateverTheServiceCallsIt() {
        var microsoft = List.of("offline_access", "User.Read", "Calendars.ReadWrite");
        assertThat(consent(microsoft, GRAPH + "User.Read", GRAPH + "Calendars.ReadWrite")
                        .missing(microsoft))
                .isEmpty();
        assertThat(consent(List.of("repo", "public_repo"), "repo").missing(List.of("repo", "public_repo")))
                .isEmpty();
        assertThat(consent(List.of("data:read_write")).missing(List.of("data:read_write")))
                .isEmpty();
        assertThat(consent(List.of()).missing(List.of())).isEmpty();
    }

    @Test
    void whatTheFileAsksForSinceIsMissingUnlessItWasGrantedAnyway() {
        var asked = List.of("User.Read");
        assertThat(consent(asked).missing(List.of("User.Read", "Tasks.ReadWrite", "Mail.Read")))
                .containsExactly("Tasks.ReadWrite", "Mail.Read");
        assertThat(consent(asked, GRAPH + "User.Read", GRAPH + "Mail.Read")
                        .missing(List.of("User.Read", "Tasks.ReadWrite", "Mail.Read")))
                .containsExactly("Tasks.ReadWrite");
    }

    @Test
    void moreThanWasAskedForIsFineAndFewerInTheFileToo() {
        assertThat(consent(List.of("a", "b"), "a", "b", "c").missing(List.of("a")))
                .isEmpty();
    }

    @Test
    void aRefreshThatNamesNoneChangesNothing() {
        for (var scopes : List.of(consent(List.of("a", "b")), consent(List.of("a", "b"), "a"))) {
            assertThat(scopes.after(List.of())).isEqualTo(scopes);
            assertThat(scopes.lost(scopes.after(List.of()))).isEmpty();
        }
    }

    @Test
    void whatARefreshNamesNoMoreIsGoneAndMissingUntilItIsNamedAgain() {
        var before = consent(List.of("a", "b", "c"), "a", "b", "c");

        var after = before.after(List.of("c", "a"));

        assertThat(before.lost(after)).containsExactly("b");
        assertThat(after.missing(List.of("a", "b", "c"))).containsExactly("b");
        assertThat(after.lost(after.after(List.of("a", "c")))).as("once").isEmpty();
        assertThat(after.after(List.of()).missing(List.of("b"))).containsExactly("b");
        assertThat(after.after(List.of("a", "b", "c")).missing(List.of("a", "b", "c")))
                .isEmpty();
    }

    @Test
    void whatIsGoneByItsLongNameIsMissingByTheOneThatItWasAskedForBy() {
        var before =
                consent(List.of("offline_access", "User.Read", "Mail.Read"), GRAPH + "User.Read", GRAPH + "Mail.Read");

        var after = before.after(List.of(GRAPH + "User.Read"));

        assertThat(before.lost(after)).containsExactly(GRAPH + "Mail.Read");
        assertThat(after.missing(before.asked())).containsExactly("Mail.Read");
        assertThat(before.lost(before.after(List.of("User.Read", "Mail.Read")))).isEmpty();
    }

    /** As long as the service has named none, what was asked for says nothing of how it calls them. */
    @Test
    void theFirstAnswerThatNamesScopesIsNotComparedWithWhatWasAskedFor() {
        var before = consent(List.of("a", "b"));

        var first = before.after(List.of("x"));

        assertThat(before.lost(first)).isEmpty();
        assertThat(first.missing(List.of("a", "b"))).isEmpty();
        assertThat(first.lost(first.after(List.of("y")))).containsExactly("x");
    }

    @Test
    void whatIsRefusedIsToldWhereTheServiceNamesWhatItGranted() {
        assertThat(consent(List.of("a", "b")).refused()).isEmpty();
        assertThat(consent(List.of("a", "b"), "a", "c").refused()).containsExactly("b");
    }
}
