package io.dayflow.hub.sync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.RowWrite;
import io.dayflow.hub.sync.DayflowCapture;
import io.dayflow.hub.sync.Planner;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What others write in DayFlow is captured once and in order, what the hub writes is not; a failed step gives it back. */
interface PlannerContract {

    int MANY = 1_000;

    Store store();

    private Planner planner() {
        return store().ports().planner();
    }

    private DayflowCapture capture() {
        return store().ports().capture();
    }

    private List<UUID> take(int limit) {
        return store().ports()
                .transaction()
                .run(() -> new ArrayList<>(capture().take(limit).stream()
                        .map(DayflowCapture.Change::rowId)
                        .toList()));
    }

    @Test
    default void everyChangeIsTakenOnceOldestFirst() {
        UUID user = store().user("UTC");
        UUID one = store().addRow(user, "one");
        UUID two = store().addRow(user, "two");
        store().renameRow(one, "one more");
        store().deleteRow(two);

        assertThat(take(2)).containsExactlyInAnyOrder(one, two);
        assertThat(take(1)).containsExactly(one);
        assertThat(take(MANY)).containsExactly(two);
        assertThat(take(MANY)).isEmpty();
    }

    @Test
    default void aChangeTellsWhoseAndWhatItIs() {
        UUID user = store().user("UTC");
        UUID row = store().addRow(user, "one");
        store().moveUser(user, "Europe/Berlin");

        List<DayflowCapture.Change> changes =
                store().ports().transaction().run(() -> capture().take(MANY));

        assertThat(changes)
                .extracting(DayflowCapture.Change::userId, DayflowCapture.Change::kind, DayflowCapture.Change::rowId)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(user, Kind.TASK, row),
                        org.assertj.core.groups.Tuple.tuple(user, null, user));
        assertThat(planner().zone(user)).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(planner().zone(store().id())).isEqualTo(ZoneOffset.UTC);
    }

    @Test
    default void whatWasTakenByAStepThatFailedIsTakenAgainInItsOrder() {
        UUID user = store().user("UTC");
        UUID one = store().addRow(user, "one");
        UUID two = store().addRow(user, "two");
        UUID three = store().addRow(user, "three");

        assertThatThrownBy(() -> store().ports().transaction().execute(() -> {
                    assertThat(capture().take(2)).hasSize(2);
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        assertThat(take(1)).containsExactly(one);
        assertThat(take(1)).containsExactly(two);
        assertThat(take(MANY)).containsExactly(three);
    }

    @Test
    default void whatTheHubWritesIsNotCapturedAndWritesNothingElse() {
        UUID user = store().user("UTC");
        UUID row = store().addRow(user, "Milk");
        take(MANY);
        View seen = planner().lock(Kind.TASK, List.of(row)).get(row).view();
        store().renameRow(row, "Bread");
        take(MANY);

        store().ports()
                .transaction()
                .execute(() -> planner()
                        .write(List.of(new RowWrite(
                                row, user, Kind.TASK, seen, seen.with("notes", TextNode.valueOf("two"))))));

        View after = planner().lock(Kind.TASK, List.of(row)).get(row).view();
        assertThat(after.text("title"))
                .as("an edit of a field that was not written")
                .isEqualTo("Bread");
        assertThat(after.text("notes")).isEqualTo("two");
        assertThat(take(MANY)).isEmpty();
    }

    @Test
    default void rowsAreMadeAndDeletedAndLockedByTheirKind() {
        UUID user = store().user("UTC");
        UUID made = store().id();
        View view = Sample.titled("Milk").with("status", TextNode.valueOf("pending"));
        store().ports()
                .transaction()
                .execute(() -> planner().write(List.of(new RowWrite(made, user, Kind.TASK, null, view))));

        Planner.Row row = planner().lock(Kind.TASK, List.of(made, store().id())).get(made);
        assertThat(row.userId()).isEqualTo(user);
        assertThat(row.view().text("title")).isEqualTo("Milk");
        assertThat(planner().lock(Kind.EVENT, List.of(made))).isEmpty();
        store().ports()
                .transaction()
                .execute(() -> planner().write(List.of(new RowWrite(made, user, Kind.TASK, row.view(), null))));
        assertThat(planner().lock(Kind.TASK, List.of(made))).isEmpty();
        assertThat(take(MANY)).isEmpty();
    }

    @Test
    default void rowsThatNobodyKnowsAreFoundUnlessTheyWaitToBeTakenIn() {
        Sample sample = Sample.in(store());
        UUID known = store().addRow(sample.user, "known");
        UUID unknown = store().addRow(sample.user, "unknown");
        UUID also = store().addRow(sample.user, "also unknown");
        take(MANY);
        UUID waiting = store().addRow(sample.user, "waiting");
        sample.put(
                Link.fresh(store().id(), sample.kept("known").id(), null, null).at(known.toString(), ""));
        List<UUID> both = java.util.stream.Stream.of(unknown, also)
                .sorted(java.util.Comparator.comparing(UUID::toString))
                .toList();

        assertThat(planner().unknown(sample.user, Kind.TASK, MANY)).containsExactlyElementsOf(both);
        assertThat(planner().unknown(sample.user, Kind.TASK, 1)).containsExactly(both.getFirst());
        assertThat(planner().unknown(sample.user, Kind.EVENT, MANY)).isEmpty();
        assertThat(take(MANY)).containsExactly(waiting);
    }

    @Test
    default void rowsOfAnotherZoneAreKnownByTheirLiveLinks() {
        Sample sample = Sample.in(store());
        assertThat(capture().hasItems(sample.user)).isFalse();
        Link here = row(sample, "here").inZone("UTC");
        Link there = row(sample, "there").inZone("Asia/Tokyo");
        Link never = row(sample, "never");
        Link ended = row(sample, "ended").inZone("Asia/Tokyo").ended(store().now());
        List.of(here, there, never, ended).forEach(sample::put);

        assertThat(capture().hasItems(sample.user)).isTrue();
        assertThat(capture().inOtherZone(sample.user, ZoneId.of("UTC")))
                .containsExactlyInAnyOrder(there.itemId(), never.itemId());
        assertThat(capture().inOtherZone(store().user("UTC"), ZoneId.of("UTC"))).isEmpty();
    }

    private Link row(Sample sample, String title) {
        return Link.fresh(store().id(), sample.kept(title).id(), null, null)
                .at(store().id().toString(), "");
    }

    @Test
    default void aStepInsideAnotherIsPartOfIt() {
        Sample sample = Sample.in(store());
        assertThatThrownBy(() -> store().ports().transaction().execute(() -> {
                    store().ports()
                            .transaction()
                            .execute(() -> store().ports().connections().held(sample.connection, "inner"));
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        assertThat(store().card(sample.connection).code()).isNull();
    }

    @Test
    default void othersAreWokenWhenTheStepIsOverAndNotWhereItFails() {
        store().woken();
        store().ports().transaction().execute(() -> {
            store().ports().wake().pushes();
            store().ports().wake().runs();
        });
        assertThat(store().woken()).contains("push", "run").doesNotContain("webhook");

        assertThatThrownBy(() -> store().ports().transaction().execute(() -> {
                    store().ports().wake().webhooks();
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        assertThat(store().woken()).doesNotContain("webhook");
        UUID user = store().user("UTC");
        store().woken();
        store().addRow(user, "Milk");
        assertThat(store().woken()).contains("dayflow");
        take(MANY);
    }
}
