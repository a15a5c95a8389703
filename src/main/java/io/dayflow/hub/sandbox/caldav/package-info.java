/**
 * A CalDAV server (RFC 4791, RFC 6578): as an account server of the sandbox on the hub's own port, and as the server that
 * misbehaves on request in the tests. It shares no code with the hub's CalDAV client or its iCalendar mapping.
 */
@NullMarked
package io.dayflow.hub.sandbox.caldav;

import org.jspecify.annotations.NullMarked;
