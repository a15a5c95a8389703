/**
 * What changes, as it changes: hears the database's notifications and hands each user's to that user's open streams.
 */
@NullMarked
package io.dayflow.hub.live;

import org.jspecify.annotations.NullMarked;
