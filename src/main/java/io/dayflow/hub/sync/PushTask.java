package io.dayflow.hub.sync;

import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.Push;
import java.util.UUID;

/** What to do about one pending link, decided from what was known at that moment. */
public sealed interface PushTask {

    UUID linkId();

    /** The revision of a write after which there is more to write, whatever the item is by then. */
    long OUTDATED = -1;

    /** Write to the side; {@code revision} is that of the item when it was planned. */
    record Write(UUID linkId, Verb verb, Push push, CollectionRef collection, long revision) implements PushTask {}

    /** Look at what the side holds now before anything is written. */
    record Look(UUID linkId, String externalId, CollectionRef collection) implements PushTask {}

    /** There is nothing to do. */
    record Nothing(UUID linkId) implements PushTask {}

    /** The routes that write. */
    enum Verb {
        CREATE,
        UPDATE,
        DELETE;

        /** The last part of the route's endpoint. */
        public String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
