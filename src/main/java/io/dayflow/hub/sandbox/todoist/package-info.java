/**
 * A stand-in for Todoist: its API version 1 as far as a sync needs it, with its quirks, limits and webhooks. What the
 * service does not document is decided in docs/sandbox.md.
 */
@NullMarked
package io.dayflow.hub.sandbox.todoist;

import org.jspecify.annotations.NullMarked;
