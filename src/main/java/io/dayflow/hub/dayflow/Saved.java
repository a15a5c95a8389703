package io.dayflow.hub.dayflow;

import java.util.UUID;

/** What became of an edit. */
public sealed interface Saved {

    /** The row holds it. */
    record Done(UUID id) implements Saved {}

    /** Nothing was written: the row changed since it was read. What it holds now is read anew. */
    record ChangedMeanwhile() implements Saved {}

    /** Nothing was written: the row is gone. */
    record Gone() implements Saved {}
}
