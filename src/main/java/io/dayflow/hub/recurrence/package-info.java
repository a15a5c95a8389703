/**
 * Recurrence in two languages: RRULE (RFC 5545 section 3.3.10) and the few forms that DayFlow can say.
 *
 * <p>Owns the translation between them and the knowledge of what is lost by it. The rule itself is never rewritten here.
 * Knows no provider and no framework.
 */
@NullMarked
package io.dayflow.hub.recurrence;

import org.jspecify.annotations.NullMarked;
