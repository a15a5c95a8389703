package io.dayflow.hub.sync;

import io.dayflow.hub.item.Item;
import io.dayflow.hub.item.View;
import io.dayflow.hub.link.JournalEntry;
import io.dayflow.hub.merge.Difference;
import io.dayflow.hub.merge.Paths;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the journal says of a DayFlow row that the hub writes. */
final class RowEntries {

    private RowEntries() {}

    /**
     * @param held what the row held; null where there was none
     * @param wanted what it is to hold; null where it is to go
     * @param before the item as the row told it
     * @param after the item now
     */
    static JournalEntry of(
            Context context, UUID itemId, @Nullable View held, @Nullable View wanted, Item before, Item after) {
        boolean update = held != null && wanted != null;
        Set<String> parts =
                update ? Difference.between(before.view(), after.view()).paths() : Set.of();
        return new JournalEntry(
                context.now(),
                context.userId(),
                context.jobId(),
                itemId,
                null,
                held,
                wanted,
                update ? Paths.only(before.view(), parts) : null,
                update ? Paths.only(after.view(), parts) : null,
                context.cause());
    }
}
