/**
 * What a person allowed the hub to use, when, and when that ended.
 *
 * <p>Owns hub.consent. A consent is never changed but for its end.
 */
@NullMarked
package io.dayflow.hub.consent;

import org.jspecify.annotations.NullMarked;
