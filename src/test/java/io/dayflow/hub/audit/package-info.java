/** The audit trail. */
@NullMarked
package io.dayflow.hub.audit;

import org.jspecify.annotations.NullMarked;
