package io.dayflow.hub.sync;

import java.util.UUID;

/** The right to work on something alone, for as long as it is renewed. */
public record Lease(String resource, UUID token) {}
