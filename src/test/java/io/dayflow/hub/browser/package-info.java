/** A real browser for tests that look at pages as a person does. */
@NullMarked
package io.dayflow.hub.browser;

import org.jspecify.annotations.NullMarked;
