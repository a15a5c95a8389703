package io.dayflow.hub.people;

import java.time.Instant;
import java.util.UUID;

/**
 * A session of an account, as its owner sees it.
 *
 * @param handle names it; it opens nothing
 * @param address where the sign-in came from
 * @param agent the browser, as it called itself then; empty where it did not
 */
public record SessionCard(UUID handle, Instant begun, Instant lastSeen, String address, String agent) {}
