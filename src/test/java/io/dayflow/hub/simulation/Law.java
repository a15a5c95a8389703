package io.dayflow.hub.simulation;

/** What has to hold when everybody has come to rest, and some of it always; DESIGN names the reasons. */
enum Law {
    /** Every value that a person wrote is there, was overwritten by one who saw it, or is kept in a conflict or dead letter. */
    NO_EDIT_LOST,
    /** What a person who saw it took away does not come back. */
    NOTHING_RETURNS,
    /** All sides hold the same, as far as they can hold it, and where no conflict is open. */
    CONVERGENCE,
    /** Once the sides agree, the hub only reads. */
    SILENCE,
    /** Nothing that a person made once is there twice; nothing they completed once is completed twice. */
    ONCE,
    /** Nothing is gone that nobody deleted. */
    DELETE_ON_PROOF,
    /** What the hub takes for agreed is what the side holds; nothing is pending, leased or captured still. */
    KNOWLEDGE,
    /** Every write of the hub is in the journal, as it was made. */
    JOURNAL,
    /** The hub comes to rest. */
    PROGRESS,
    /** The engine does not throw. */
    NO_ERROR
}
