package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.deadletter.DeadLetterCard;
import io.dayflow.hub.deadletter.DeadLetters;
import io.dayflow.hub.paging.PageRequest;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Texts of any length are stored whole, but for those that DayFlow's full-text indexes do not take: they stop nothing else. */
@EngineTest
class LongTextsIT {

    @Autowired
    private ApplicationContext hub;

    @Autowired
    private DeadLetters letters;

    private ListAccount ann;

    @BeforeEach
    void open() {
        ann = new ListAccount(hub, "{}", "home");
    }

    @AfterEach
    void close() {
        ann.close();
    }

    @Test
    void aMillionWordsThatAreFewAreStoredWhole() {
        var prose = "many words and few of them ".repeat(40_000);
        ann.service.add("book", "home", Map.of("title", "BOOK", "notes", prose));

        ann.run();

        assertThat(ann.row("BOOK").get("description")).isEqualTo(prose);
        assertThat(ann.deadLetters()).isEmpty();
    }

    @Test
    void whatTheIndexDoesNotTakeIsADeadLetterAndTheRestGoesOn() {
        ann.service.add("noise", "home", Map.of("title", "NOISE", "notes", differentWords(60_000)));
        ann.service.add("milk", "home", Map.of("title", "MILK"));

        assertThat(ann.run()).isEqualTo("completed");

        assertThat(ann.row("MILK")).isNotNull();
        assertThat(letter().externalId()).isEqualTo("noise");
        assertThat(letter().message()).contains("more different words than DayFlow's search takes");

        ann.service.set("noise", "notes", differentWords(9));
        ann.run();
        assertThat(ann.row("NOISE").get("description")).isEqualTo(differentWords(9));
        assertThat(ann.deadLetters()).isEmpty();
    }

    private DeadLetterCard letter() {
        return letters.list(ann.user, PageRequest.first(10)).items().getFirst();
    }

    private static String differentWords(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> "w" + Integer.toString(n * 7919 + 1_000_000_007, 36) + "abcdefghij")
                .collect(Collectors.joining(" "));
    }
}
