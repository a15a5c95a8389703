/** The hub's dealings with authorization servers, as far as they need none. */
@NullMarked
package io.dayflow.hub.oauth;

import org.jspecify.annotations.NullMarked;
