package io.dayflow.hub.caldav;

import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import org.jspecify.annotations.Nullable;

/**
 * A push under way, between the steps of a route.
 *
 * @param writing what is being written, once that is known
 * @param outcome how it ended; null while it is open
 */
public record Pushing(
        Push push, @Nullable Writing writing, @Nullable Pushed outcome) {

    public static Pushing of(Push push) {
        return new Pushing(push, null, null);
    }

    public boolean isOpen() {
        return outcome == null;
    }

    /** Whether the object has to be read before it can be changed with care. */
    public boolean isUnseen() {
        return outcome == null && (push.version() == null || push.payload() == null);
    }

    Pushing with(Writing next) {
        return new Pushing(push, next, null);
    }

    Pushing ended(Pushed with) {
        return new Pushing(push, writing, with);
    }

    Pushing seen(@Nullable String version, String payload) {
        Push fresh = new Push(
                push.itemId(),
                push.kind(),
                push.externalId(),
                push.part(),
                version,
                push.base(),
                push.desired(),
                payload,
                push.uid());
        return new Pushing(fresh, writing, outcome);
    }

    /** Where the object is. */
    String path() {
        return required(push.externalId(), "a change or a deletion names its object");
    }

    String payload() {
        return required(push.payload(), "the object is read first");
    }

    Writing written() {
        return required(writing, "what is written is known first");
    }

    static <T> T required(@Nullable T value, String why) {
        if (value == null) {
            throw new IllegalStateException(why);
        }
        return value;
    }
}
