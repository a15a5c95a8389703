/**
 * What services tell by themselves: deliveries are verified on their raw bytes, stored, answered, and worked on later.
 *
 * <p>Owns hub.webhook_event, hub.webhook_hint and hub.webhook_secret. Imports no Camel and names no provider: what a delivery means is said by
 * the provider's route, what follows from it by the engine.
 */
@NullMarked
package io.dayflow.hub.webhook;

import org.jspecify.annotations.NullMarked;
