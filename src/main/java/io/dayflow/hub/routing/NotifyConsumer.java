package io.dayflow.hub.routing;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** Fires one exchange for any number of notifications that arrived since the last one. */
class NotifyConsumer extends DefaultConsumer {

    /** How long the worker rests between two exchanges: in a burst, work on what came meanwhile is done once. */
    private static final Duration REST = Duration.ofMillis(25);

    private final NotifyListener listener;
    private final String payload;
    private final Semaphore news = new Semaphore(0);
    private @Nullable Thread worker;

    NotifyConsumer(Endpoint endpoint, Processor processor, NotifyListener listener, String payload) {
        super(endpoint, processor);
        this.listener = listener;
        this.payload = payload;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        worker = Thread.ofPlatform().daemon().name("notify-" + payload).start(this::work);
        listener.add(payload, news::release);
    }

    @Override
    protected void doStop() throws Exception {
        listener.remove(payload);
        if (worker != null) {
            worker.interrupt();
        }
        super.doStop();
    }

    private void work() {
        while (!isStopping() && !isStopped()) {
            try {
                if (!news.tryAcquire(10, TimeUnit.SECONDS)) {
                    continue;
                }
                news.drainPermits();
                fire();
                rest();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void rest() throws InterruptedException {
        if (news.availablePermits() > 0) {
            Thread.sleep(REST);
        }
    }

    private void fire() {
        Exchange exchange = createExchange(true);
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            getExceptionHandler().handleException("work on a notification failed", exchange, exchange.getException());
        }
        releaseExchange(exchange, true);
    }
}
