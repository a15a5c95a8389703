/**
 * Who may do what, and what must stay secret.
 *
 * <p>Owns the callers and how they prove who they are, the operator's account, secrets in memory and their encryption at
 * rest. Knows no feature: features ask it.
 */
@NullMarked
package io.dayflow.hub.security;

import org.jspecify.annotations.NullMarked;
