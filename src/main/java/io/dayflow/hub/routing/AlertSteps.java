package io.dayflow.hub.routing;

import io.dayflow.hub.alert.Alerts;
import io.dayflow.hub.alert.Signals;
import org.springframework.stereotype.Component;

/** What routes have done about alerts. */
@Component("alert")
public class AlertSteps {

    private final Signals signals;
    private final Alerts alerts;

    AlertSteps(Signals signals, Alerts alerts) {
        this.signals = signals;
        this.alerts = alerts;
    }

    /** Writes what was counted, and raises the alerts that are due. */
    public void flush() {
        signals.flush();
    }

    /** Forgets what was acknowledged long ago, and counts that are over. */
    public void forget() {
        alerts.forget();
    }
}
