/**
 * Calendar object resources (RFC 5545, RFC 4791) as lines that are kept, and as views that are read from and patched into them.
 *
 * <p>Owns the reading of every property into canonical fields and the edits that write them back. What no edit touches
 * stays as it was written, byte for byte. Knows no HTTP, no server and no framework.
 */
@NullMarked
package io.dayflow.hub.icalendar;

import org.jspecify.annotations.NullMarked;
