package io.dayflow.hub.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.job.ControlJob;
import io.dayflow.hub.job.JobCard;
import io.dayflow.hub.job.JobChange;
import io.dayflow.hub.job.Jobs;
import io.dayflow.hub.job.UndoJob;
import io.dayflow.hub.journal.Journal;
import io.dayflow.hub.journal.JournalEntry;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.refusal.NotFound;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Undo on PostgreSQL: what it reads, leaves and says. What it decides is tested by {@code UndoTest}. */
@EngineTest
class UndoIT {

    @Autowired
    private ApplicationContext hub;

    @Autowired
    private UndoJob undo;

    @Autowired
    private ControlJob control;

    @Autowired
    private Jobs jobs;

    @Autowired
    private Journal journal;

    private ListAccount ann;
    private UUID run;

    @BeforeEach
    void aRunThatEditsDeletesAndMakes() {
        ann = new ListAccount(hub, "{}", "home", "work");
        ann.service.add("milk", "home", Map.of("title", "Buy milk", "notes", "two"));
        ann.service.add("bread", "home", Map.of("title", "Buy bread"));
        ann.service.add("salt", "home", Map.of("title", "Buy salt"));
        ann.run();
        ann.service.set("milk", "title", "Buy oat milk");
        ann.service.set("milk", "notes", "three");
        ann.service.remove("bread");
        ann.service.add("flour", "home", Map.of("title", "Buy flour"));
        ann.run();
        run = lastJob();
    }

    @AfterEach
    void close() {
        ann.close();
    }

    @Test
    void aRunIsTakenBackAndTheJobSaysWhatBecameOfIt() {
        ann.edit("Buy oat milk", Map.of("description", "four"));

        UUID job = undo.undo(ann.user, run, false);
        ann.push();

        assertThat(ann.row("Buy milk")).containsEntry("description", "four");
        assertThat(ann.row("Buy bread")).isNotEmpty();
        assertThat(ann.service.field("milk", "title")).isEqualTo("Buy milk");
        assertThat(ann.service.field("milk", "notes")).isEqualTo("four");
        assertThat(ann.service.isGone("flour")).isTrue();
        JobCard card = jobs.find(ann.user, job).orElseThrow();
        assertThat(card.operation()).isEqualTo("undo");
        assertThat(card.status()).isEqualTo("completed");
        assertThat(card.undoes()).isEqualTo(run);
        assertThat(card.counts()).isEqualTo(new JobCard.Counts(0, 1, 1, 1, 0, 0, 1, 0, 0));
        assertThat(changes(card))
                .filteredOn(change -> change.reason() != null)
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.reason()).isEqualTo("edited_later");
                    assertThat(change.message()).isNotBlank();
                    assertThat(change.before().toString()).isEqualTo("{\"notes\":\"three\"}");
                });
        assertThat(entries(job))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.cause()).isEqualTo("undo"));
        ann.run();
        assertThat(ann.counted("updated")).isZero();
    }

    @Test
    void aPreviewIsConfirmedLikeAnyOther() {
        UUID preview = undo.undo(ann.user, run, true);
        JobCard shown = jobs.find(ann.user, preview).orElseThrow();
        assertThat(shown.preview()).isTrue();
        assertThat(shown.status()).isEqualTo("completed");
        assertThat(ann.row("Buy oat milk")).isNotEmpty();

        UUID done = control.control(ann.user, preview, ControlJob.Action.CONFIRM);

        assertThat(changes(jobs.find(ann.user, done).orElseThrow())).isEqualTo(changes(shown));
        assertThat(ann.row("Buy milk")).containsEntry("description", "two");
    }

    @Test
    void anUndoIsTakenBackByUndoing() {
        UUID first = control.control(ann.user, run, ControlJob.Action.UNDO);
        ann.push();

        undo.undo(ann.user, first, false);
        ann.push();

        assertThat(ann.row("Buy oat milk")).containsEntry("description", "three");
        assertThat(ann.row("Buy flour")).isNotEmpty();
        assertThat(ann.service.field("milk", "title")).isEqualTo("Buy oat milk");
        int writes = ann.service.writes.size();
        ann.run();
        ann.push();
        assertThat(ann.service.writes).hasSize(writes);
    }

    @Test
    void oneEntryOfTheHistoryIsTakenBack() {
        JournalEntry entry = entries(run).stream()
                .filter(write -> write.operation().equals("update"))
                .findFirst()
                .orElseThrow();

        UUID job = undo.undoEntry(ann.user, entry.id(), false);

        assertThat(ann.row("Buy milk")).containsEntry("description", "two");
        assertThat(jobs.find(ann.user, job).orElseThrow().undoesEntry()).isEqualTo(entry.id());
        UUID stranger = UUID.randomUUID();
        assertThatThrownBy(() -> undo.undoEntry(stranger, entry.id(), false)).isInstanceOf(NotFound.class);
    }

    private List<JobChange> changes(JobCard card) {
        return jobs.changes(ann.user, card, PageRequest.first(PageRequest.MOST)).items();
    }

    private List<JournalEntry> entries(UUID job) {
        return journal.list(ann.user, null, job, PageRequest.first(PageRequest.MOST))
                .items();
    }

    private UUID lastJob() {
        return jobs.list(ann.user, null, null, PageRequest.first(1))
                .items()
                .getFirst()
                .jobId();
    }
}
