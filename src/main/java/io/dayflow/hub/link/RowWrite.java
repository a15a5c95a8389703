package io.dayflow.hub.link;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.item.View;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of DayFlow to be written. Views are in DayFlow's own form.
 *
 * @param before what the row holds; null to insert it
 * @param after what it is to hold; null to delete it
 */
public record RowWrite(
        UUID rowId,
        UUID userId,
        Kind kind,
        @Nullable View before,
        @Nullable View after) {}
