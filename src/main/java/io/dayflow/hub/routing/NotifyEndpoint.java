package io.dayflow.hub.routing;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One payload of {@code postgres-notify}. */
class NotifyEndpoint extends DefaultEndpoint {

    private final NotifyListener listener;
    private final String payload;

    NotifyEndpoint(String uri, NotifyComponent component, NotifyListener listener, String payload) {
        super(uri, component);
        this.listener = listener;
        this.payload = payload;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        NotifyConsumer consumer = new NotifyConsumer(this, processor, listener, payload);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public Producer createProducer() {
        throw new IllegalArgumentException("postgres-notify is only read from; notify with pg_notify in SQL");
    }

    @Override
    public boolean isSingleton() {
        return true;
    }
}
