/**
 * Why an item is, or is not, the same everywhere: its present state on each side, and the decisions that led there.
 *
 * <p>Reads what is stored and writes nothing.
 */
@NullMarked
package io.dayflow.hub.trace;

import org.jspecify.annotations.NullMarked;
