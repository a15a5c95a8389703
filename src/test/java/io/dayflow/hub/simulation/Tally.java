package io.dayflow.hub.simulation;

/** What was done in a simulation. */
final class Tally {

    private long deeds;
    private long faults;
    private long deliveries;
    private long requests;
    private long transactions;

    /** A person did something. */
    void deed() {
        deeds++;
    }

    void fault() {
        faults++;
    }

    /** A webhook arrived. */
    void delivery() {
        deliveries++;
    }

    /** The hub asked a service for something, or wrote to it. */
    void request() {
        requests++;
    }

    /** The hub had work to do on its own store. Looking for work is not counted. */
    void transaction() {
        transactions++;
    }

    void add(Tally other) {
        deeds += other.deeds;
        faults += other.faults;
        deliveries += other.deliveries;
        requests += other.requests;
        transactions += other.transactions;
    }

    /** All of them. */
    long operations() {
        return deeds + faults + deliveries + requests + transactions;
    }

    @Override
    public String toString() {
        return "%,d operations: %,d deeds of people, %,d faults, %,d webhooks delivered, %,d requests to services, %,d transactions of the hub"
                .formatted(operations(), deeds, faults, deliveries, requests, transactions);
    }
}
