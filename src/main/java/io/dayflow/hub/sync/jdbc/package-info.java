/**
 * The engine's storage in PostgreSQL: one adapter for each port of {@link io.dayflow.hub.sync}. Every time is the database's
 * own, so that instances whose clocks differ agree. Methods take part in the caller's transaction, where there is one.
 */
@NullMarked
package io.dayflow.hub.sync.jdbc;

import org.jspecify.annotations.NullMarked;
