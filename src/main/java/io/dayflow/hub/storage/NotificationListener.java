package io.dayflow.hub.storage;

/** Hears what PostgreSQL says on one channel. A bean of this type is all it takes. Its methods return at once. */
public interface NotificationListener {

    /** The channel's name. */
    String channel();

    /** Something was said. */
    void notified(String payload);

    /** Something may have been said unheard: the hub was not connected for a while, and is again. */
    void missed();
}
