package io.dayflow.hub.sync.jdbc;

import io.dayflow.hub.storage.Ids;
import io.dayflow.hub.sync.Leases;
import io.dayflow.hub.sync.SyncSettings;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Leases as further instances of the hub would hold them. */
public final class LeaseInstances {

    private LeaseInstances() {}

    public static Leases another(JdbcClient jdbc, SyncSettings settings) {
        return new JdbcLeases(jdbc, settings, new Ids());
    }
}
