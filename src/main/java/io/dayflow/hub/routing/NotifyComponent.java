package io.dayflow.hub.routing;

import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.stereotype.Component;

/**
 * The Camel component {@code postgres-notify:<channel>?payload=<text>}: a consumer that fires when PostgreSQL notifies the
 * channel with that payload. Notifications that arrive while one is being worked on count as one; after a lost connection
 * every consumer fires once, since nobody knows what was missed.
 */
@Component("postgres-notify")
public class NotifyComponent extends DefaultComponent {

    private final NotifyListener listener;

    NotifyComponent(DataSource dataSource) {
        this.listener = new NotifyListener(dataSource);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        String payload = getAndRemoveParameter(parameters, "payload", String.class, "");
        return new NotifyEndpoint(uri, this, listener, remaining, payload);
    }

    @Override
    protected void doStop() throws Exception {
        listener.close();
        super.doStop();
    }
}
