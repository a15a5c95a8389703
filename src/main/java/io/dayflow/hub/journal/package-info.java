/**
 * The journal as people read it: every write that the hub made on any side, with before and after. Reads hub.journal and
 * writes nothing.
 */
@NullMarked
package io.dayflow.hub.journal;

import org.jspecify.annotations.NullMarked;
