package io.dayflow.hub.sync;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells every instance that there is work, when the caller's transaction commits. */
@Component
public class Wake {

    /** The channel of {@code LISTEN} and {@code NOTIFY}. */
    public static final String CHANNEL = "hub_work";

    private final JdbcClient jdbc;

    Wake(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** There are links to push. */
    public void pushes() {
        tell("push");
    }

    /** There are runs to do. */
    public void runs() {
        tell("run");
    }

    /** There is something that services told. */
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
