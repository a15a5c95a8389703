package io.dayflow.hub.simulation;

import io.dayflow.hub.link.LinkStore;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.sync.CollectionStore;
import io.dayflow.hub.sync.HubTransaction;
import io.dayflow.hub.sync.Leases;
import io.dayflow.hub.sync.Page;
import io.dayflow.hub.sync.Planner;
import io.dayflow.hub.sync.Walk;

/**
 * A mistake planted into the hub or a service, to see that a law is found broken. Each method gives back what it is given,
 * unless the mistake is there.
 */
interface Planted {

    /** No mistake. */
    Planted NONE = new Planted() {};

    default HubTransaction transaction(HubTransaction transaction) {
        return transaction;
    }

    default LinkStore links(LinkStore links) {
        return links;
    }

    default CollectionStore collections(CollectionStore collections) {
        return collections;
    }

    default Leases leases(Leases leases) {
        return leases;
    }

    default Planner planner(Planner planner) {
        return planner;
    }

    default Listing listing(Listing listing) {
        return listing;
    }

    /** A listing was read, and nothing of it was absorbed yet. */
    default void listed(CollectionStore collections, Walk walk, Listing listing) {}

    /** A page that a sweep has read, before it is absorbed. */
    default Page audited(Page page) {
        return page;
    }

    /** A sweep is about to compare rows. */
    default void compares(SimulatedHub hub) {}

    default void prepare(SimulatedService service) {}
}
