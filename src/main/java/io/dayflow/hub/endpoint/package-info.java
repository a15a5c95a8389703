/**
 * Webhooks out: addresses of others that are told what happened, as the Standard Webhooks specification 1.0 says
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 *
 * <p>Owns hub.webhook_endpoint and hub.webhook_message. Triggers write a message in the transaction that changes something;
 * a leased worker sends it, at least once and in the order of the changes, until it is taken or given up.
 */
@NullMarked
package io.dayflow.hub.endpoint;

import org.jspecify.annotations.NullMarked;
