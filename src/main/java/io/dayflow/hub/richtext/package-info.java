/**
 * Rich text from one form into another: Markdown, in which items keep it, HTML and plain text.
 *
 * <p>Pure, and usable without the rest of the hub.
 */
@NullMarked
package io.dayflow.hub.richtext;

import org.jspecify.annotations.NullMarked;
