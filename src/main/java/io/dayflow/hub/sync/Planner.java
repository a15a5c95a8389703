package io.dayflow.hub.sync;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.RowWrite;
import io.dayflow.hub.merge.Lens;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** DayFlow as the engine sees it: rows that are views in DayFlow's own form. Methods take part in the caller's transaction. */
public interface Planner {

    /** A row, as it stands. */
    record Row(UUID id, UUID userId, Kind kind, View view, Instant updatedAt) {}

    /** The zone a user lives in; UTC where DayFlow's value is none. */
    ZoneId zone(UUID userId);

    /** How DayFlow holds an item for a user who lives in {@code zone}. */
    Lens lens(Kind kind, ZoneId zone);

    /** Whether DayFlow's tables hold texts as long as these; asked outside of transactions. */
    boolean holds(View view);

    /** Locks the rows that exist and reads them. */
    Map<UUID, Row> lock(Kind kind, Collection<UUID> rowIds);

    /** The ids of a user's rows that the hub does not know yet. */
    List<UUID> unknown(UUID userId, Kind kind, int limit);

    /** Writes only the columns whose field differs; the change capture leaves these writes out. */
    void write(List<RowWrite> rows);
}
