/**
 * What looks like an attack: refusals and volumes are counted, and an alert is raised where there are too many.
 *
 * <p>Owns hub.alert and hub.alert_count. Others tell {@link io.dayflow.hub.alert.Signals} what they saw and know no more of
 * it; a signal costs them a look into a map. Neither the map nor the tables grow with what attackers send.
 */
@NullMarked
package io.dayflow.hub.alert;

import org.jspecify.annotations.NullMarked;
