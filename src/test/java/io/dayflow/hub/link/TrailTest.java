package io.dayflow.hub.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Turn.By;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two writers that keep taking each other back are told from people who edit often. */
class TrailTest {

    private static final Instant NINE = Instant.parse("2026-11-01T09:00:00Z");

    private Trail trail = Trail.EMPTY;
    private Instant now = NINE;

    @Test
    void twoSidesThatTakeEachOtherBackFlipWithEveryTurnButTheFirst() {
        turn(By.HUB, "a", "b");
        assertThat(flips()).isZero();
        turn(By.SERVICE, "b", "a");
        assertThat(flips()).isEqualTo(1);
        turn(By.HUB, "a", "b");
        turn(By.SERVICE, "b", "a");
        assertThat(flips()).isEqualTo(3);
    }

    @Test
    void oneSideThatGoesToAndFroAloneIsAPerson() {
        for (By by : By.values()) {
            trail = Trail.EMPTY;
            for (int i = 0; i < 10; i++) {
                turn(by, i % 2 == 0 ? "open" : "done", i % 2 == 0 ? "done" : "open");
            }
            assertThat(flips()).as("%s", by).isZero();
        }
    }

    @Test
    void twoSidesThatWriteSomethingNewInTurnAreNotAtWar() {
        for (int i = 0; i < 10; i++) {
            turn(i % 2 == 0 ? By.HUB : By.SERVICE, "v" + i, "v" + (i + 1));
        }
        assertThat(flips()).isZero();
    }

    @Test
    void whatIsTakenBackOnlyAfterAnotherEditIsNoFlip() {
        turn(By.HUB, "a", "b");
        turn(By.HUB, "b", "c");
        turn(By.SERVICE, "c", "a");
        assertThat(flips()).isZero();
    }

    @Test
    void onlyWhatIsRecentCounts() {
        for (int i = 0; i < 6; i++) {
            turn(i % 2 == 0 ? By.HUB : By.SERVICE, i % 2 == 0 ? "a" : "b", i % 2 == 0 ? "b" : "a");
        }
        assertThat(trail.flips(NINE)).isEqualTo(5);
        assertThat(trail.flips(now.minus(Duration.ofMinutes(2)))).isEqualTo(3);
        assertThat(trail.flips(now.plusSeconds(1))).isZero();
    }

    @Test
    void aTrailForgetsTheOldest() {
        for (int i = 0; i < 3 * Trail.LENGTH; i++) {
            turn(By.HUB, "v" + i, "v" + (i + 1));
        }
        assertThat(trail.turns()).hasSize(Trail.LENGTH);
        assertThat(trail.turns().getLast().at()).isEqualTo(now);
    }

    @Test
    void aWriteIsLostWhereTheCopyHoldsWhatItReplacedAndNothingCameAfterIt() {
        turn(By.HUB, "a", "b");
        Instant later = now.plusSeconds(1);

        assertThat(trail.isLost(view("b"), view("a"), later)).isTrue();
        assertThat(trail.isLost(view("b"), view("a"), now))
                .as("it is too young")
                .isFalse();
        assertThat(trail.isLost(view("b"), view("c"), later))
                .as("another value")
                .isFalse();
        turn(By.SERVICE, "b", "c");
        assertThat(trail.isLost(view("c"), view("b"), later.plusSeconds(60)))
                .as("the service's own change")
                .isFalse();
        assertThat(Trail.EMPTY.isLost(view("b"), view("a"), later)).isFalse();
    }

    @Test
    void aFingerprintIsTheSameForEqualViewsWhateverTheirOrder() {
        ObjectNode one = JsonNodeFactory.instance.objectNode().put("x", 1).put("y", 2);
        ObjectNode other = JsonNodeFactory.instance.objectNode().put("y", 2).put("x", 1);

        assertThat(Turn.fingerprint(View.of(Kind.TASK, Map.of("due", one))))
                .isEqualTo(Turn.fingerprint(View.of(Kind.TASK, Map.of("due", other))))
                .isNotEqualTo(Turn.fingerprint(
                        View.of(Kind.TASK, Map.of("due", one.deepCopy().put("y", 3)))));
    }

    private void turn(By by, String from, String to) {
        now = now.plus(Duration.ofMinutes(1));
        trail = trail.with(Turn.of(now, by, view(from), view(to)));
    }

    private int flips() {
        return trail.flips(NINE);
    }

    private static View view(String title) {
        return new View(Kind.TASK, new TreeMap<>(Map.of("title", TextNode.valueOf(title))));
    }
}
