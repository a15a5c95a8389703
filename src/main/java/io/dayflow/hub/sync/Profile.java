package io.dayflow.hub.sync;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.merge.Lens;
import io.dayflow.hub.merge.Strategies;
import io.dayflow.hub.provider.ConnectionRef;
import java.util.Map;

/**
 * How a connection is to be kept in agreement.
 *
 * @param strategies what decides a field that both sides changed, or a deletion against an edit
 * @param keepDeleted what is deleted on one side stays on the other, and is no longer kept in agreement
 * @param pushes whether the hub may write to the service at all
 * @param ordered whether of two versions of an object the greater text is the newer one
 */
public record Profile(
        ConnectionRef connection,
        Strategies strategies,
        Map<Kind, Lens> lenses,
        boolean keepDeleted,
        boolean pushes,
        boolean ordered) {

    Lens lens(Kind kind) {
        Lens lens = lenses.get(kind);
        if (lens == null) {
            throw new IllegalStateException(connection.provider() + " holds no " + kind.id() + "s");
        }
        return lens;
    }
}
