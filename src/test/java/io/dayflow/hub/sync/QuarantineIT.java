package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.connection.Connections;
import io.dayflow.hub.deadletter.DeadLetterCard;
import io.dayflow.hub.deadletter.DeadLetters;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.trace.SideState;
import io.dayflow.hub.trace.SideState.Word;
import io.dayflow.hub.trace.Traces;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Quarantine as it is stored: who sees it, what goes on beside it, and how it ends. */
@EngineTest
class QuarantineIT {

    @Autowired
    private ApplicationContext hub;

    @Autowired
    private Traces traces;

    @Autowired
    private DeadLetters letters;

    @Autowired
    private Connections connections;

    @Autowired
    private ConnectionStore due;

    private ListAccount ann;
    private UUID milk;

    /** DayFlow writes the title in small letters, the service in capitals. */
    @BeforeEach
    void war() {
        ann = new ListAccount(hub, "{}", "home");
        ann.service.normalises = title -> title.toUpperCase(Locale.ROOT);
        ann.service.add("milk", "home", Map.of("title", "BUY MILK"));
        ann.service.add("bread", "home", Map.of("title", "BREAD"));
        ann.run();
        milk = ann.rowId("BUY MILK");
        for (int i = 0; i < 6; i++) {
            ann.dayflow.update("tasks", milk, Map.of("title", "buy milk"));
            ann.push();
            ann.run();
        }
    }

    @AfterEach
    void close() {
        ann.close();
    }

    @Test
    void itIsShownWhereverSomebodyLooksAndTheRestGoesOn() {
        assertThat(letter().fault()).isEqualTo("quarantined");
        assertThat(letter().direction()).isEqualTo("outbound");
        assertThat(side()).satisfies(side -> {
            assertThat(side.state()).isEqualTo(Word.QUARANTINED);
            assertThat(side.fields()).containsExactly("title");
            assertThat(side.deadLetterId()).isEqualTo(letter().deadLetterId());
        });
        assertThat(traces.of(ann.user, milk, PageRequest.first(50)).decisions().items())
                .anySatisfy(step -> assertThat(step.event()).isEqualTo("quarantined"));
        assertThat(connections
                        .find(ann.user, ann.connection)
                        .orElseThrow()
                        .counts()
                        .pending())
                .isZero();
        assertThat(due.duePushes()).doesNotContain(ann.connection);

        ann.edit("BREAD", Map.of("description", "rye"));
        ann.push();
        assertThat(ann.service.field("bread", "notes")).isEqualTo("rye");
        assertThat(ann.run("sweep")).isEqualTo("completed");
        assertThat(ann.counted("repaired")).isZero();
        assertThat(ann.service.field("milk", "title")).isEqualTo("BUY MILK");
        assertThat(ann.row("buy milk")).isNotNull();
    }

    @Test
    void editsOfBothSidesAreMergedWhenItsUserTriesAgain() {
        ann.dayflow.update("tasks", milk, Map.of("description", "two"));
        ann.push();
        ann.service.set("milk", "due", "2026-12-01");
        ann.run();
        assertThat(ann.service.field("milk", "notes")).isNull();

        ann.service.normalises = title -> title;
        letters.replay(ann.user, false, letter().deadLetterId());
        ann.goOn();
        ann.push();

        assertThat(ann.deadLetters()).isEmpty();
        assertThat(ann.service.field("milk", "notes")).isEqualTo("two");
        assertThat(ann.service.field("milk", "title")).isEqualTo("buy milk");
        assertThat(ann.row("buy milk").get("due_date").toString()).contains("2026-12-01");
        assertThat(side().state()).isEqualTo(Word.IN_AGREEMENT);
        assertThat(ann.run("sweep")).isEqualTo("completed");
        assertThat(ann.counted("repaired")).isZero();
    }

    @Test
    void thrownAwayItIsOverAndTheNextEditIsCarriedOver() {
        ann.service.normalises = title -> title;
        letters.delete(ann.user, letter().deadLetterId());
        ann.goOn();

        assertThat(ann.deadLetters()).isEmpty();
        assertThat(ann.service.field("milk", "title")).isEqualTo("BUY MILK");
        ann.dayflow.update("tasks", milk, Map.of("title", "Buy oat milk"));
        ann.push();
        assertThat(ann.service.field("milk", "title")).isEqualTo("Buy oat milk");
        assertThat(side().state()).isEqualTo(Word.IN_AGREEMENT);
    }

    private DeadLetterCard letter() {
        List<DeadLetterCard> all = letters.list(ann.user, PageRequest.first(10)).items();
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private SideState side() {
        return traces.of(ann.user, milk, PageRequest.first(50)).sides().stream()
                .filter(side -> side.side().equals(ann.connection.toString()))
                .findFirst()
                .orElseThrow();
    }
}
