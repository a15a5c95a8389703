/**
 * Conflicts as people see and decide them. Owns the list and the questions that a decision must answer; what a decision
 * then does to item and sides is the engine's.
 */
@NullMarked
package io.dayflow.hub.conflict;

import org.jspecify.annotations.NullMarked;
