/**
 * CalDAV: what is asked of a server, how its answers read, and what follows from them.
 *
 * <p>Owns WebDAV multistatus, hrefs, discovery, listings, preconditions. Pure: values in, {@code Call}s and contract
 * types out; routes do the talking. Shared by every provider that speaks CalDAV.
 */
@NullMarked
package io.dayflow.hub.caldav;

import org.jspecify.annotations.NullMarked;
