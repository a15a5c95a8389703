/** What survives when the hub or its database is killed: owns the killing, and the comparison with an undisturbed run. */
@NullMarked
package io.dayflow.hub.crash;

import org.jspecify.annotations.NullMarked;
