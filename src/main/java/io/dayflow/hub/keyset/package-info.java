/**
 * The keyset while the hub runs: what it holds, rotating it, sealing anew what former keys sealed, and taking keys away
 * that nothing needs any more. Owns hub.sealing_key_age. The keys themselves never leave the package {@code security}.
 */
@NullMarked
package io.dayflow.hub.keyset;

import org.jspecify.annotations.NullMarked;
