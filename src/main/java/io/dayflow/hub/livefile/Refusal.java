package io.dayflow.hub.livefile;

import java.time.Instant;

/**
 * A file that cannot be used as it is; the version before it, if there was one, goes on.
 *
 * @param file for people: relative to the hub's home where it lies there, for example {@code routes/core/run.camel.yaml}
 * @param line from 1; 0 where it is not known
 * @param since when this version was first refused
 */
public record Refusal(String file, int line, String reason, Instant since) {}
