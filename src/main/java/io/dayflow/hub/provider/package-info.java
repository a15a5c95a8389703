/**
 * What the core and a provider's routes say to each other: listings, objects, pushes, their outcomes and faults.
 *
 * <p>Owns the types that travel through {@code direct:<provider>.<verb>}. Names no provider and imports no Camel.
 */
@NullMarked
package io.dayflow.hub.provider;

import org.jspecify.annotations.NullMarked;
