package io.dayflow.hub.sync;

/** Tells every instance that there is work, when the caller's transaction commits. */
public interface Wake {

    /** The channel of {@code LISTEN} and {@code NOTIFY}. */
    String CHANNEL = "hub_work";

    /** There are links to push. */
    void pushes();

    /** There are runs to do. */
    void runs();

    /** There is something that services told. */
    void webhooks();
}
