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

    /**
     * Gives up what the letter held back: its item is kept in agreement again as if the letter were not, and what was to be
     * written waits for the next edit. The letter itself stays for the caller to throw away.
     *
     * @throws io.dayflow.hub.refusal.NotFound if that user has no such dead letter
     */
    void giveUp(UUID userId, UUID deadLetterId);
}
