/** Measurements against limits in the same run; not part of the normal build. Owns the table and {@code target/bench.json}. */
@NullMarked
package io.dayflow.hub.bench;

import org.jspecify.annotations.NullMarked;
