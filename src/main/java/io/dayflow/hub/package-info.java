/**
 * The root of the hub: its one application class, which starts everything else.
 *
 * <p>Every feature owns a package below. This one owns nothing but the start.
 */
@NullMarked
package io.dayflow.hub;

import org.jspecify.annotations.NullMarked;
