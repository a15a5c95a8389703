package io.dayflow.hub.routing;

import io.dayflow.hub.sync.Wake;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.stereotype.Component;

/**
 * The Camel component {@code postgres-notify:hub_work?payload=<text>}: a consumer that fires when PostgreSQL notifies the
 * channel with that payload. Notifications that arrive while one is being worked on count as one; after a lost connection
 * every consumer fires once, since nobody knows what was missed.
 */
@Component("postgres-notify")
public class NotifyComponent extends DefaultComponent {

    private final NotifyListener listener;

    NotifyComponent(NotifyListener listener) {
        this.listener = listener;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        if (!remaining.equals(Wake.CHANNEL)) {
            throw new IllegalArgumentException(
                    "postgres-notify listens on " + Wake.CHANNEL + " only, not on \"" + remaining + "\"");
        }
        String payload = getAndRemoveParameter(parameters, "payload", String.class, "");
        return new NotifyEndpoint(uri, this, listener, payload);
    }
}
