/**
 * Mappings as documents in jq: compiled once, read anew when they change, run with our functions, and their outputs read
 * strictly into what the core and a provider say to each other.
 *
 * <p>Owns the files {@code routes/<id>/*.jq}. Knows no Camel.
 */
@NullMarked
package io.dayflow.hub.mapping;

import org.jspecify.annotations.NullMarked;
