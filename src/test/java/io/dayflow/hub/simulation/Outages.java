package io.dayflow.hub.simulation;

import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import java.util.function.Supplier;

/** What is wrong with a service for a while. */
final class Outages {

    private final Timeline timeline;
    private boolean accepts = true;
    private boolean ignoresVersions;
    private long patientUntil;
    private int failing;
    private int losing;
    private int confusing;

    Outages(Timeline timeline) {
        this.timeline = timeline;
    }

    void loseAnswers(int count) {
        losing += count;
    }

    void fail(int count) {
        failing += count;
    }

    void confuse() {
        confusing++;
    }

    void limitUntil(long at) {
        patientUntil = Math.max(patientUntil, at);
    }

    void expireToken() {
        accepts = false;
    }

    /** Its person connected it again. */
    void renewToken() {
        accepts = true;
    }

    boolean accepts() {
        return accepts;
    }

    /** The service no longer looks at what version a write was made for. */
    void ignoreVersions() {
        ignoresVersions = true;
    }

    boolean ignoresVersions() {
        return ignoresVersions;
    }

    /** Everything is well again, but for credentials, which only a person can renew. */
    void end() {
        failing = 0;
        losing = 0;
        confusing = 0;
        patientUntil = 0;
    }

    <T> T read(Supplier<T> work) {
        refuse();
        if (confusing > 0) {
            confusing--;
            throw new FaultException(new Fault.Unreadable("The answer makes no sense."));
        }
        return work.get();
    }

    <T> T write(Supplier<T> work) {
        refuse();
        T answer = work.get();
        if (losing > 0) {
            losing--;
            throw new FaultException(new Fault.Transient("The answer was lost."));
        }
        if (confusing > 0) {
            confusing--;
            throw new FaultException(new Fault.Unreadable("The answer makes no sense."));
        }
        return answer;
    }

    private void refuse() {
        if (!accepts) {
            throw new FaultException(new Fault.NeedsReconnect("The token is not accepted."));
        }
        if (timeline.now() < patientUntil) {
            throw new FaultException(
                    new Fault.RateLimited("Too many requests.", Timeline.START.plusMillis(patientUntil)));
        }
        if (failing > 0) {
            failing--;
            throw new FaultException(new Fault.Transient("The server failed."));
        }
    }
}
