/**
 * The REST interface: what every call has in common, and the controllers that call use cases.
 *
 * <p>Owns the form of errors (RFC 9457), the limits of a request and what its JSON may hold. Holds no rules of the
 * domain.
 */
@NullMarked
package io.dayflow.hub.api;

import org.jspecify.annotations.NullMarked;
