package io.dayflow.hub.sync;

import io.dayflow.hub.item.View;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a preview says a run would do, or meet.
 *
 * @param side the connection; null for DayFlow
 * @param itemId null where it is about the run as a whole
 * @param before what the side holds; null where it holds nothing, or nothing is written
 * @param after what it would hold; null where that is nothing
 * @param note in words: the fields of a conflict or a loss, how a conflict would end, why a run would be held
 */
public record Foreseen(
        @Nullable UUID side,
        What what,
        @Nullable UUID itemId,
        String title,
        @Nullable View before,
        @Nullable View after,
        @Nullable String note) {

    /** What would happen. */
    public enum What {
        CREATE,
        UPDATE,
        DELETE,
        /** A person would be asked. */
        CONFLICT,
        /** A conflict that is open would end by itself. */
        SETTLED,
        /** The side cannot hold all that the item says. What it cannot hold stays where it is. */
        LOSS,
        /** The run would stop and ask. */
        HOLD;

        /** As REST and the store name it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Foreseen write(@Nullable UUID side, UUID itemId, String title, @Nullable View before, @Nullable View after) {
        What what = before == null ? What.CREATE : after == null ? What.DELETE : What.UPDATE;
        return new Foreseen(side, what, itemId, title, before, after, null);
    }
}
