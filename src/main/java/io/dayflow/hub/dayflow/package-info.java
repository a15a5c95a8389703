/**
 * DayFlow as a side: what its tables can hold of an item, and how it comes back from there.
 *
 * <p>Owns the only knowledge of DayFlow's tables and values; what is here without SQL is pure.
 */
@NullMarked
package io.dayflow.hub.dayflow;

import org.jspecify.annotations.NullMarked;
