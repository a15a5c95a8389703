/**
 * Runs as people see and steer them: asking for one, its progress, what it changed, pause, resume, cancel, confirm, undo.
 *
 * <p>Writes hub.job's status and control only as far as a person may; what runs obeys them at its next page. Names no
 * provider.
 */
@NullMarked
package io.dayflow.hub.job;

import org.jspecify.annotations.NullMarked;
