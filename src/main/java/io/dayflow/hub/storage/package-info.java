/**
 * Where the hub keeps things: the data folder, and the one PostgreSQL, embedded or named by {@code DATABASE_URL}.
 *
 * <p>Owns the connection pool, the schema's migrations and the life of the embedded server. Knows nothing of what other
 * packages store.
 */
@NullMarked
package io.dayflow.hub.storage;

import org.jspecify.annotations.NullMarked;
