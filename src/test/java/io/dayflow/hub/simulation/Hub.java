package io.dayflow.hub.simulation;

import io.dayflow.hub.conflict.Resolution;
import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.DeadLetter;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.link.Link;
import io.dayflow.hub.link.OpenConflict;
import io.dayflow.hub.link.RowWrite;
import io.dayflow.hub.link.StoredItem;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.merge.Strategy;
import io.dayflow.hub.sync.JobStore;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The hub's store and DayFlow's tables, which all instances share: what people do there, and what the laws look at. */
interface Hub {

    /** A row of DayFlow. */
    record Row(UUID id, Kind kind, View view) {}

    /** Connects a service; its collections are found by the first run. */
    UUID connect(SimulatedService service, Strategy strategy);

    /** The rows, in the order of their ids. */
    List<Row> rows();

    @Nullable
    View row(UUID id);

    /** How DayFlow holds items. */
    Lens lens();

    /** A person writes a row, which is captured. */
    void write(UUID id, Kind kind, View view);

    /** A row becomes another, and nothing captures that. */
    void writeUnnoticed(UUID id, Kind kind, View view);

    /** A person deletes a row, which is captured. */
    void delete(UUID id);

    /** A row that was there before the hub was. */
    void place(UUID id, Kind kind, View view);

    void resolve(UUID conflictId, Resolution resolution);

    void replay(UUID letterId);

    /** Confirms what a held job of the connection asks; false if none asks. */
    boolean confirm(UUID connectionId);

    /** Asks for a run, unless one is open. */
    void request(UUID connectionId, JobStore.Mode mode);

    boolean needsReconnect(UUID connectionId);

    /** New credentials were given. */
    void reconnect(UUID connectionId);

    List<StoredItem> items();

    List<Link> links();

    /** Items by connection (null: DayFlow) and external id, also by ids that copies had before. */
    Map<Place, UUID> places();

    /** Where a copy is, or was. */
    record Place(@Nullable UUID connectionId, String externalId) {}

    List<OpenConflict> openConflicts();

    /** Open and resolved ones. */
    List<OpenConflict> allConflicts();

    List<DeadLetter> letters();

    List<JournalEntry> journal();

    /** What the hub wrote into DayFlow's rows and committed. */
    List<RowWrite> rowWrites();

    /** Why there is work left, in words; empty if there is none. */
    Map<String, Integer> unfinished();

    /** Runs of the connection that went through. */
    int completedRuns(UUID connectionId);

    /** Of them, sweeps. */
    int completedSweeps(UUID connectionId);
}
