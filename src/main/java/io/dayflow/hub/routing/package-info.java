/**
 * The beans that routes name, and nothing else.
 *
 * <p>The one package that imports Camel. Each bean is thin: the rules it applies live in the package that owns them.
 * Beans and methods named in YAML are public and listed in {@code docs/routes.md}.
 */
@NullMarked
package io.dayflow.hub.routing;

import org.jspecify.annotations.NullMarked;
