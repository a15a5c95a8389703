/**
 * The hub's pages: rendered here, made smooth by htmx, kept fresh by server-sent events, usable without script.
 *
 * <p>Owns what a page shows and how it is asked for. Holds no rules: every change is a use case of another package.
 */
@NullMarked
package io.dayflow.hub.web;

import org.jspecify.annotations.NullMarked;
