/**
 * Accounts of users at providers: connecting, settings, credentials, collections, disconnecting, and their card.
 *
 * <p>Owns hub.connection and hub.collection. Use cases own their transactions; every statement carries the user's id.
 * Names no provider.
 */
@NullMarked
package io.dayflow.hub.connection;

import org.jspecify.annotations.NullMarked;
