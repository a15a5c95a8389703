package io.dayflow.hub.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.connection.Settings;
import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.trace.SideState.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Of all that may keep a side from agreement, the one thing that does is named. */
class StateOfTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(60);
    private static final Instant LATER = NOW.plusSeconds(600);

    // what the tests change; the rest is an item in agreement at a healthy connection
    private boolean deleted;
    private String settings = "{\"exportNew\": \"all\"}";
    private Set<Kind> kinds = Set.of(Kind.TASK);
    private boolean active = true;
    private boolean confirmed = true;
    private @Nullable Instant disconnectedAt;
    private String status = "success";
    private @Nullable Instant connectionNotBefore;
    private @Nullable String question;
    private boolean writable = true;
    private String state = "live";
    private boolean there = true;
    private boolean kept = true;
    private boolean pending;
    private boolean parked;
    private int attempts;
    private @Nullable Instant notBefore;
    private @Nullable Instant quarantinedAt;
    private boolean readOnly;
    private Facts.@Nullable Dispute conflict;
    private Facts.@Nullable Letter letter;
    private List<String> differing = List.of();

    @Test
    void nothingIsWrong() {
        assertThat(copy().state()).isEqualTo(Word.IN_AGREEMENT);
        pending = true;
        assertThat(copy().state()).as("a mark to look where nothing differs").isEqualTo(Word.IN_AGREEMENT);
    }

    @Test
    void aCopyInQuarantineSaysSoAndWhereItIsTriedAgain() {
        edited();
        quarantinedAt = BEFORE;
        letter = new Facts.Letter(new UUID(0, 7), false, "to and fro", BEFORE);
        assertThat(copy()).satisfies(side -> {
            assertThat(side.state()).isEqualTo(Word.QUARANTINED);
            assertThat(side.since()).isEqualTo(BEFORE);
            assertThat(side.fields()).containsExactly("title");
            assertThat(side.detail()).isEqualTo("to and fro");
            assertThat(side.deadLetterId()).isEqualTo(new UUID(0, 7));
        });
    }

    @Test
    void aChangeThatWaitsSaysSinceWhenAndUntilWhen() {
        edited();
        assertThat(copy()).satisfies(side -> {
            assertThat(side.state()).isEqualTo(Word.WAITING);
            assertThat(side.since()).isEqualTo(BEFORE);
            assertThat(side.until()).isNull();
            assertThat(side.fields()).containsExactly("title");
        });
        notBefore = LATER;
        attempts = 2;
        assertThat(copy().until()).isEqualTo(LATER);
        assertThat(copy().detail()).isEqualTo("tried 2 times");
    }

    @Test
    void aCopyThatIsStillToBeMadeWaits() {
        there = false;
        pending = true;
        assertThat(copy().state()).isEqualTo(Word.WAITING);
    }

    @Test
    void whatHoldsAChangeBackIsNamed() {
        edited();
        connectionNotBefore = LATER;
        assertThat(copy().state()).isEqualTo(Word.RATE_LIMITED);
        assertThat(copy().until()).isEqualTo(LATER);
        settings = "{\"syncDirection\": \"manual\"}";
        connectionNotBefore = null;
        assertThat(copy().state()).isEqualTo(Word.BY_HAND);
        parked = true;
        pending = false;
        assertThat(copy().state()).isEqualTo(Word.REFUSED);
        readOnly = true;
        assertThat(copy().state()).isEqualTo(Word.READ_ONLY);
        settings = "{\"syncDirection\": \"one_way\"}";
        assertThat(copy().state()).isEqualTo(Word.ONE_WAY);
        confirmed = false;
        assertThat(copy().state()).isEqualTo(Word.NOT_CONFIRMED);
        letter = new Facts.Letter(new UUID(0, 3), false, "too long", BEFORE);
        assertThat(copy().state()).isEqualTo(Word.REFUSED);
        assertThat(copy().detail()).isEqualTo("too long");
        assertThat(copy().deadLetterId()).isEqualTo(new UUID(0, 3));
        letter = new Facts.Letter(new UUID(0, 3), true, "no such day", BEFORE);
        assertThat(copy().state()).isEqualTo(Word.UNREADABLE);
        status = "needs_reconnect";
        assertThat(copy().state()).isEqualTo(Word.NEEDS_RECONNECT);
        active = false;
        assertThat(copy().state()).isEqualTo(Word.PAUSED);
        conflict = new Facts.Dispute(new UUID(0, 4), BEFORE, List.of("title", "due"));
        assertThat(copy().state()).isEqualTo(Word.CONFLICT);
        assertThat(copy().fields()).containsExactly("title", "due");
        assertThat(copy().conflictId()).isEqualTo(new UUID(0, 4));
        disconnectedAt = BEFORE;
        assertThat(copy().state()).isEqualTo(Word.DISCONNECTED);
    }

    @Test
    void aDeletionWaitsIsHeldOrIsDone() {
        deleted = true;
        pending = true;
        assertThat(copy().state()).isEqualTo(Word.WAITING);
        question = "This run would delete 12 of 20 items.";
        assertThat(copy().state()).isEqualTo(Word.HELD);
        assertThat(copy().detail()).isEqualTo(question);
        state = "gone";
        assertThat(copy().state()).isEqualTo(Word.HELD);
        question = null;
        state = "detached";
        kept = false;
        assertThat(copy().state()).isEqualTo(Word.DELETED);
        kept = true;
        assertThat(copy().state()).isEqualTo(Word.LEFT_ALONE);
        deleted = false;
        assertThat(copy().state()).isEqualTo(Word.LEFT_ALONE);
    }

    @Test
    void whyThereIsNoCopyIsNamed() {
        assertThat(none()).isEqualTo(Word.OLDER);
        writable = false;
        assertThat(none()).isEqualTo(Word.NO_COLLECTION);
        settings = "{\"exportNew\": {\"tags\": [\"work\"]}}";
        assertThat(none()).isEqualTo(Word.NOT_EXPORTED);
        settings = "{\"exportNew\": \"none\"}";
        assertThat(none()).isEqualTo(Word.NOT_EXPORTED);
        settings = "{\"syncDirection\": \"one_way\"}";
        assertThat(none()).isEqualTo(Word.ONE_WAY);
        settings = "{\"syncTasks\": false, \"syncEvents\": true}";
        assertThat(none()).isEqualTo(Word.KIND_OFF);
        kinds = Set.of(Kind.EVENT);
        settings = "{\"exportNew\": \"all\"}";
        assertThat(none()).isEqualTo(Word.KIND_OFF);
        active = false;
        assertThat(none()).isEqualTo(Word.PAUSED);
        deleted = true;
        assertThat(none()).isEqualTo(Word.DELETED);
    }

    @Test
    void everyWordHasASentence() {
        for (Word word : Word.values()) {
            assertThat(SideState.of("dayflow", "DayFlow", word, null).sentence())
                    .endsWith(".");
        }
    }

    private void edited() {
        pending = true;
        differing = List.of("title");
    }

    private SideState copy() {
        return StateOf.at(
                item(),
                connection(),
                new Facts.Copy(
                        state,
                        there,
                        kept,
                        pending,
                        parked,
                        false,
                        attempts,
                        notBefore,
                        BEFORE,
                        quarantinedAt,
                        BEFORE,
                        readOnly,
                        "Home",
                        conflict,
                        letter,
                        differing),
                NOW);
    }

    private Word none() {
        return StateOf.at(item(), connection(), null, NOW).state();
    }

    private Facts.Known item() {
        Item item = Item.of(View.of(Kind.TASK, Map.of("title", TextNode.valueOf("Buy milk"))));
        return new Facts.Known(new UUID(0, 1), item, 1, BEFORE, deleted ? BEFORE : null);
    }

    private Facts.Connection connection() {
        return new Facts.Connection(
                new UUID(0, 2),
                "Lists",
                kinds,
                Settings.of(json(settings), Duration.ZERO),
                active,
                confirmed,
                disconnectedAt,
                status,
                null,
                null,
                connectionNotBefore,
                question,
                writable);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
