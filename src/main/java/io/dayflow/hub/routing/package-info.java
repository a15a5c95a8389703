/**
 * The beans that routes name: thin, between Camel's exchanges and the packages that know.
 *
 * <p>Owns nothing but the joining. The one package that imports Camel.
 */
@NullMarked
package io.dayflow.hub.routing;

import org.jspecify.annotations.NullMarked;
