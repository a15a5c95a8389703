package io.dayflow.hub.sync.memory;

import io.dayflow.hub.sync.Wake;

/** Notes in the store who is to be woken. */
public record MemoryWake(MemoryStore store) implements Wake {

    @Override
    public void pushes() {
        store.wake("push");
    }

    @Override
    public void runs() {
        store.wake("run");
    }

    @Override
    public void webhooks() {
        store.wake("webhook");
    }
}
