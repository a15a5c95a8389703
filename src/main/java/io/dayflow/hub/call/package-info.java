/**
 * Outgoing HTTP: what a request and its answer are, where credentials may go, and what a failure means.
 *
 * <p>Owns the rules of the one door through which every call to a provider passes. Pure: the routes {@code core-call…}
 * act on them. Names no provider and imports no Camel.
 */
@NullMarked
package io.dayflow.hub.call;

import org.jspecify.annotations.NullMarked;
