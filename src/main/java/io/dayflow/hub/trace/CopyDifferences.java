package io.dayflow.hub.trace;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Compares an item with its copies, as they were last seen. */
public interface CopyDifferences {

    /**
     * By connection the fields in which the item differs from the copy, fields under an open conflict included; nothing for
     * connections without a copy, or that are disconnected.
     */
    Map<UUID, List<String>> of(UUID itemId);
}
