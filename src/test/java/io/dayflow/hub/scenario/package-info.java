/**
 * What a planner's user lives through, from end to end: a whole hub, real PostgreSQL, real CalDAV servers (and the stand-in
 * where requests have to be looked at). Everything is done and seen through public interfaces: REST, DayFlow's tables, DAV.
 */
@NullMarked
package io.dayflow.hub.scenario;

import org.jspecify.annotations.NullMarked;
