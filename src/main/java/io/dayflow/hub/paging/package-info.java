/**
 * Lists that are read a page at a time: the page, and the cursor that says where the next one begins. Cursors name the
 * last row seen, so that rows which come or go meanwhile shift nothing.
 */
@NullMarked
package io.dayflow.hub.paging;

import org.jspecify.annotations.NullMarked;
