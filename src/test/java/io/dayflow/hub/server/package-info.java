/**
 * Servers and clients for tests: launchers of real CalDAV servers, a stand-in that misbehaves on request, the hub as a
 * child process, and independent clients that look at all of them from outside. Nothing here imports the hub's own code
 * (the stand-in's core lies in the sandbox, which shares nothing with the hub), so that a fault of the hub cannot hide itself.
 */
@NullMarked
package io.dayflow.hub.server;

import org.jspecify.annotations.NullMarked;
