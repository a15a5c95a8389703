/** What the engine relies on of its storage, told once and shown of both: the one in memory and PostgreSQL. */
@NullMarked
package io.dayflow.hub.sync.store;

import org.jspecify.annotations.NullMarked;
