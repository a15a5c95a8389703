/** Export, erasure, retention and reports, on a real database. */
@NullMarked
package io.dayflow.hub.privacy;

import org.jspecify.annotations.NullMarked;
