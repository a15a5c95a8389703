/** Deliveries of services: signatures, storing, hints, and what they do to a running hub. */
@NullMarked
package io.dayflow.hub.webhook;

import org.jspecify.annotations.NullMarked;
