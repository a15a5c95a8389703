/**
 * Files that may be edited while the hub runs: which have changed, and which are refused at the moment and why.
 *
 * <p>Knows neither routes nor mappings: those who read the files judge them.
 */
@NullMarked
package io.dayflow.hub.livefile;

import org.jspecify.annotations.NullMarked;
