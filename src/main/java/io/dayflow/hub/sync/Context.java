package io.dayflow.hub.sync;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every decision needs beside the items themselves. */
record Context(
        UUID userId,
        ZoneId zone,
        Planner planner,
        Instant now,
        Supplier<UUID> ids,
        @Nullable UUID jobId,
        String cause) {}
