/**
 * Who did or tried what: lines that are only ever added.
 *
 * <p>Owns hub.audit. Lines hold no secrets and no payloads. What may come in floods goes through {@link
 * io.dayflow.hub.audit.AuditThrottle}, which keeps the table small.
 */
@NullMarked
package io.dayflow.hub.audit;

import org.jspecify.annotations.NullMarked;
