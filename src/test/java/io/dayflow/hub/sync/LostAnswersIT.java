package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.Fetched;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A write may have arrived although nobody said so: it is looked for, told of, and not repeated. */
@EngineTest
class LostAnswersIT {

    @Autowired
    private ApplicationContext hub;

    private ListAccount ann;

    @BeforeEach
    void connect() {
        ann = new ListAccount(hub, "{\"exportNew\": \"all\"}", "home");
        ann.service.add("milk", "home", Map.of("title", "Buy milk"));
        ann.run();
    }

    @AfterEach
    void close() {
        ann.close();
    }

    @Test
    void anUpdateThatArrivedIsNotSentAgainAndIsInTheJournalOnce() {
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));
        ann.service.losesAnswer = true;
        ann.push();
        assertThat(card()).containsEntry("error_code", "transient");

        ann.retryNow();
        ann.push();
        ann.run("full");

        assertThat(ann.service.writes).containsExactly("update");
        assertThat(pushed()).singleElement().satisfies(entry -> {
            assertThat(entry).containsEntry("operation", "update").containsEntry("cause", "push");
            assertThat(entry.get("before").toString()).contains("Buy milk");
            assertThat(entry.get("after").toString()).contains("Buy oat milk");
        });
        assertThat(card()).containsEntry("error_code", null);
    }

    @Test
    void anUpdateThatARunFindsDoneCountsAsPushed() {
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));
        ann.service.losesAnswer = true;
        ann.push();

        ann.run();

        assertThat(ann.counted("pushed")).isEqualTo(1);
        assertThat(pushed()).hasSize(1);
        assertThat(ann.service.writes).containsExactly("update");
    }

    @Test
    void anEditThatALateSightOfTheCopyIsTheFirstToMeetIsPushed() {
        List<Fetched> late = ann.service.get(List.of("milk"));
        ann.service.set("milk", "notes", "two litres");
        ann.run();
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));

        ann.hint(late, "home");
        ann.push();

        assertThat(ann.service.field("milk", "title")).isEqualTo("Buy oat milk");
        assertThat(ann.service.field("milk", "notes")).isEqualTo("two litres");
    }

    @Test
    void anUpdateThatNeverArrivedIsSentAgain() {
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));
        ann.service.writeFault.set(new Fault.Transient("nobody answers"));
        ann.push();

        ann.retryNow();
        ann.push();

        assertThat(ann.service.field("milk", "title")).isEqualTo("Buy oat milk");
        assertThat(ann.service.writes).containsExactly("update");
        assertThat(pushed()).hasSize(1);
    }

    @Test
    void whatWasEditedFurtherMeanwhileFollowsTheUpdateThatArrived() {
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));
        ann.service.losesAnswer = true;
        ann.push();
        ann.edit("Buy oat milk", Map.of("description", "two litres"));
        ann.retryNow();

        ann.push();

        assertThat(ann.service.field("milk", "title")).isEqualTo("Buy oat milk");
        assertThat(ann.service.field("milk", "notes")).isEqualTo("two litres");
        assertThat(ann.service.writes).containsExactly("update", "update");
        assertThat(pushed()).hasSize(2);
    }

    @Test
    void anEditOfTheServiceSinceThenIsKeptBesideTheUpdateThatArrived() {
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));
        ann.service.losesAnswer = true;
        ann.push();
        ann.service.set("milk", "notes", "from the farm");
        ann.retryNow();

        ann.push();

        assertThat(ann.row("Buy oat milk")).containsEntry("description", "from the farm");
        assertThat(ann.service.writes).containsExactly("update");
    }

    @Test
    void aCreateThatArrivedIsFoundAgainAndIsInTheJournalOnce() {
        ann.dayflow.createTask(ann.user, "Buy tea");
        ann.service.losesAnswer = true;
        ann.push();

        ann.retryNow();
        ann.push();
        ann.run();

        assertThat(ann.service.writes).containsExactly("create");
        assertThat(ann.service.ids()).hasSize(2);
        assertThat(pushed())
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry).containsEntry("operation", "create").containsEntry("before", null));
    }

    @Test
    void aServiceThatKeepsFailingIsAskedLessAndLessOftenThoughItIsReadInBetween() {
        ann.edit("Buy milk", Map.of("title", "Buy oat milk"));

        List<Integer> attempts = IntStream.range(0, 3)
                .mapToObj(n -> {
                    ann.service.writeFault.set(new Fault.Transient("nobody answers"));
                    ann.retryNow();
                    ann.push();
                    return ann.dayflow
                            .query("select attempts from hub.link where connection_id = ?", ann.connection)
                            .getFirst()
                            .get("attempts");
                })
                .map(Integer.class::cast)
                .toList();

        assertThat(attempts).containsExactly(1, 2, 3);
    }

    private Map<String, Object> card() {
        return ann.dayflow
                .query("select error_code from hub.connection where id = ?", ann.connection)
                .getFirst();
    }

    private List<Map<String, Object>> pushed() {
        return ann.journal().stream()
                .filter(entry -> ann.connection.equals(entry.get("connection_id")))
                .toList();
    }
}
