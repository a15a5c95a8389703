/** The engine's storage in memory, for tests and the simulation: it answers as PostgreSQL does. */
@NullMarked
package io.dayflow.hub.sync.memory;

import org.jspecify.annotations.NullMarked;
