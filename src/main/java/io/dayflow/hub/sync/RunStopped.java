package io.dayflow.hub.sync;

/** A person paused or cancelled the job; it stops between two pages. */
public final class RunStopped extends RuntimeException {

    private final String status;

    RunStopped(String status) {
        super("the job was " + status + " by its user");
        this.status = status;
    }

    /** What the job is now: {@code paused} or {@code cancelled}. */
    public String status() {
        return status;
    }
}
