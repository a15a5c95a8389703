/**
 * What a person may ask of those who hold their data: what is held, a copy of it, and that it goes; and how long it stays.
 *
 * <p>Owns hub.erasure, and {@link io.dayflow.hub.privacy.HeldTables}, the list of all tables with what they hold about a
 * person: export, erasure, retention and the processing record follow from it.
 */
@NullMarked
package io.dayflow.hub.privacy;

import org.jspecify.annotations.NullMarked;
