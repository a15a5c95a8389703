/**
 * Stand-ins for services inside the hub, for trying it out and for tests (Spring profile {@code sandbox}): what they share.
 * They are reached like the real services, by address; nobody imports this package, and it shares no mapping with the hub,
 * so that the two cannot agree on a fiction.
 */
@NullMarked
package io.dayflow.hub.sandbox;

import org.jspecify.annotations.NullMarked;
