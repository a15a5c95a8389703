package io.dayflow.hub.routing;

import io.dayflow.hub.sync.Lease;
import io.dayflow.hub.sync.Profile;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Under what pages are absorbed: in a run, or while a push looks at what the side holds. */
record PageContext(Lease lease, Profile profile, @Nullable UUID jobId, String cause) {}
