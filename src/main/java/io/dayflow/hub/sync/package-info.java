/**
 * The use cases of agreement: absorb what a side shows, plan what a side is to be told, confirm it, resolve, replay.
 *
 * <p>Owns the transactions. Decisions are plain Java over ports (store, planner, clock, ids): no Camel, no threads, no
 * {@code now()}.
 */
@NullMarked
package io.dayflow.hub.sync;

import org.jspecify.annotations.NullMarked;
