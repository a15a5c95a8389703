package io.dayflow.hub.deadletter;

import java.util.UUID;

/** Tries what a dead letter holds once more. */
public interface ReplayDeadLetter {

    /**
     * Has the work done again, soon: the letter goes when that succeeds and stays when it fails again.
     *
     * @param userId whose letter it is, the caller or, for an operator, anybody
     * @throws io.dayflow.hub.refusal.NotFound if that user has no such dead letter
     */
    void replay(UUID userId, UUID deadLetterId);
}
