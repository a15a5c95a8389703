/**
 * Time zones as calendars name and describe them: which IANA zone a TZID means, and how to describe a zone to others.
 *
 * <p>Owns the order in which a name is resolved (exact, vendor prefix, Windows, location, rules) and the reading and
 * writing of VTIMEZONE rules (RFC 5545 section 3.6.5). Knows no calendar objects and no framework.
 */
@NullMarked
package io.dayflow.hub.zone;

import org.jspecify.annotations.NullMarked;
