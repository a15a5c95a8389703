/**
 * What each side was last seen to hold: items, their links and bases, open conflicts, and the journal of the hub's writes.
 *
 * <p>Owns the tables {@code item}, {@code link}, {@code conflict}, {@code journal} and {@code dead_letter} for writing.
 * Decides nothing: use cases in {@code sync} compute a {@link io.dayflow.hub.link.WriteSet}, this package stores it.
 */
@NullMarked
package io.dayflow.hub.link;

import org.jspecify.annotations.NullMarked;
