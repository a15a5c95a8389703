/**
 * Messages that failed for good, kept whole, to be looked at, replayed or thrown away.
 *
 * <p>Owns the list. A user reaches the own ones; an operator may replay anybody's.
 */
@NullMarked
package io.dayflow.hub.deadletter;

import org.jspecify.annotations.NullMarked;
