/**
 * How often anybody may call.
 *
 * <p>Owns hub.rate_limit: buckets of tokens (Bucket4j) that all instances share. Who calls is found out by package
 * security; sign-ins have a throttle of their own there, and webhooks limits of their own in package webhook.
 */
@NullMarked
package io.dayflow.hub.limit;

import org.jspecify.annotations.NullMarked;
