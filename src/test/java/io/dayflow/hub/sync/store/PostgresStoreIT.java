package io.dayflow.hub.sync.store;

import io.dayflow.hub.sync.EngineTest;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The storage in PostgreSQL keeps the same contract as that in memory: what the simulation shows there holds here. */
@EngineTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresStoreIT
        implements LinksContract,
                UniqueLinksContract,
                ConflictsContract,
                PendingContract,
                GoneContract,
                CollectionsContract,
                ConnectionsContract,
                JobsContract,
                UndoContract,
                PlannerContract,
                LeasesContract {

    private final PostgresStore store;

    PostgresStoreIT(@Autowired ApplicationContext hub) {
        store = new PostgresStore(hub);
    }

    @AfterAll
    void close() throws SQLException {
        store.close();
    }

    @Override
    public Store store() {
        return store;
    }
}
