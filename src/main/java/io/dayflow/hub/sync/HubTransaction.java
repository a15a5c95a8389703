package io.dayflow.hub.sync;

import java.util.function.Supplier;

/** A transaction of the hub's own: DayFlow's change capture leaves out what is written in it. Inside another one it joins. */
public interface HubTransaction {

    /**
     * Runs {@code work}, which must have no effect outside the store and may be run again, as one transaction: all of it is
     * there afterwards, or none where it throws.
     */
    <T> T run(Supplier<T> work);

    /** As {@link #run}, without a result. */
    default void execute(Runnable work) {
        run(() -> {
            work.run();
            return true;
        });
    }

    /** Makes the transaction that the caller is in one of the hub's own. */
    void own();
}
