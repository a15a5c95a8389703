/**
 * The canonical model: tasks and events as the hub itself records them, independent of any side.
 *
 * <p>Owns the names, the types and the validity of every field. Knows no provider, no database and no framework; its
 * values are immutable and safe to share between threads.
 */
@NullMarked
package io.dayflow.hub.item;

import org.jspecify.annotations.NullMarked;
