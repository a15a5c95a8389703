/**
 * Items that were deleted and are still kept: who deleted them, what became of their copies, and taking them back.
 *
 * <p>Owns the list. A user reaches the own ones only.
 */
@NullMarked
package io.dayflow.hub.deleted;

import org.jspecify.annotations.NullMarked;
