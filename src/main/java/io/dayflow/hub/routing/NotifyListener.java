package io.dayflow.hub.routing;

import io.dayflow.hub.storage.NotificationListener;
import io.dayflow.hub.sync.Wake;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Hears of work for the consumers of {@code postgres-notify}. Thread-safe. */
@Component
class NotifyListener implements NotificationListener {

    private final Map<String, Runnable> wakes = new ConcurrentHashMap<>();

    /** Runs {@code wake}, which must not block, whenever the payload is heard, or may have been missed. */
    void add(String payload, Runnable wake) {
        wakes.put(payload, wake);
    }

    void remove(String payload) {
        wakes.remove(payload);
    }

    @Override
    public String channel() {
        return Wake.CHANNEL;
    }

    @Override
    public void notified(String payload) {
        Runnable wake = wakes.get(payload);
        if (wake != null) {
            wake.run();
        }
    }

    @Override
    public void missed() {
        wakes.values().forEach(Runnable::run);
    }
}
