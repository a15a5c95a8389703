/**
 * Who signs in to the hub: accounts, their passwords or their sign-in at an OpenID Connect issuer, their sessions, and the
 * tokens of their scripts.
 *
 * <p>Owns hub.account, hub.account_identity, hub.personal_token and hub.http_session. What a signed-in person may reach is
 * said by package security; who a person is, is decided here.
 */
@NullMarked
package io.dayflow.hub.people;

import org.jspecify.annotations.NullMarked;
