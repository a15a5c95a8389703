package io.dayflow.hub.simulation;

/** What can happen in a simulation. */
enum What {
    /** A person makes an object. */
    CREATE(true),
    /** A person changes a field of an object. */
    EDIT(true),
    /** A person marks a task as done, or as open again. */
    COMPLETE(true),
    /** A person deletes an object. */
    DELETE(true),
    /** A person moves an object to another collection of the same service. */
    MOVE(true),
    /** A person makes something of an object, on its own side, that no item can hold. */
    GARBLE(true),
    /** A person deletes a good part of what a side holds. */
    SWEEP(true),
    /** A person writes one thing down on two sides. */
    TWIN(true),
    /** A person decides an open conflict. */
    RESOLVE(true),
    /** A person has a dead letter replayed. */
    REPLAY(true),
    /** A person confirms deletions that are held. */
    CONFIRM(true),
    /** A person asks for a run. */
    SYNC(true),
    /** The service carries out the next writes, but their answers never come. */
    LOSE_ANSWER(false),
    /** The service fails the next requests. */
    FAIL(false),
    /** The service asks for patience. */
    RATE_LIMIT(false),
    /** The service no longer accepts the credentials. */
    EXPIRE_TOKEN(false),
    /** The service forgets its cursors. */
    EXPIRE_CURSORS(false),
    /** The service's next answer makes no sense. */
    CONFUSE(false),
    /** The service's next webhooks come late, twice, in another order, or never. */
    MANGLE_WEBHOOKS(false),
    /** An instance dies between two steps, and comes back. */
    CRASH(false),
    /** An instance dies in its next transaction, before it commits. */
    CRASH_BEFORE_COMMIT(false),
    /** An instance dies in its next transaction, after it commits. */
    CRASH_AFTER_COMMIT(false),
    /** An instance stands still for longer than its leases last. */
    STALL(false),
    /** The clock of an instance jumps. */
    JUMP(false);

    private final boolean byPerson;

    What(boolean byPerson) {
        this.byPerson = byPerson;
    }

    /** Whether a person does it; else it is a fault. */
    boolean isByPerson() {
        return byPerson;
    }
}
