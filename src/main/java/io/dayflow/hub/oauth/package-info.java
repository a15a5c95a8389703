/**
 * How users allow the hub access to their accounts by OAuth 2.0 (RFC 6749 with RFC 7636, RFC 7009, RFC 9207 and the advice
 * of RFC 9700).
 *
 * <p>Owns the hub's registration at each service, authorization requests from their beginning to the one use of their
 * state, and the calls of token addresses. What becomes of tokens is not its affair.
 */
@NullMarked
package io.dayflow.hub.oauth;

import org.jspecify.annotations.NullMarked;
