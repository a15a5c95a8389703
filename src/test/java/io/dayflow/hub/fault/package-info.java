/** What becomes of a sync when servers, networks, hubs or the database fail: each fault ends as the design says. */
@NullMarked
package io.dayflow.hub.fault;

import org.jspecify.annotations.NullMarked;
