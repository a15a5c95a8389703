/**
 * What becomes of an item when several sides say different things about it: lenses, the three-way merge, and the rules
 * for deletions and first contact.
 *
 * <p>Owns every decision between sides. Pure: the same input gives the same outcome; no clock, store, side or framework.
 */
@NullMarked
package io.dayflow.hub.merge;

import org.jspecify.annotations.NullMarked;
