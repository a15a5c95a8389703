/**
 * Who did or tried what: lines that are only ever added, chained by their hashes so that tampering shows.
 *
 * <p>Owns hub.audit and hub.audit_chain. Lines hold no secrets and no payloads. What may come in floods goes through {@link
 * io.dayflow.hub.audit.AuditThrottle}, which keeps the table small.
 */
@NullMarked
package io.dayflow.hub.audit;

import org.jspecify.annotations.NullMarked;
