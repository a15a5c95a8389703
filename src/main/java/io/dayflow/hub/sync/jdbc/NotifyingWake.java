package io.dayflow.hub.sync.jdbc;

import io.dayflow.hub.sync.Wake;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Wakes by {@code NOTIFY}. */
@Component
class NotifyingWake implements Wake {

    private final JdbcClient jdbc;

    NotifyingWake(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void pushes() {
        tell("push");
    }

    @Override
    public void runs() {
        tell("run");
    }

    @Override
    public void webhooks() {
        tell("webhook");
    }

    private void tell(String what) {
        jdbc.sql("select pg_notify(:channel, :what)")
                .param("channel", CHANNEL)
                .param("what", what)
                .query((row, n) -> true)
                .single();
    }
}
