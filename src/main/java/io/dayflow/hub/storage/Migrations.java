package io.dayflow.hub.storage;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The schema's migrations: DayFlow's tables where they are missing, and the hub's own schema {@code hub}. */
final class Migrations {

    static final String SCHEMA = "hub";

    private Migrations() {}

    static Flyway flyway(DataSource dataSource) {
        return Flyway.configure()
                .dataSource(dataSource)
                .locations("classpath:db/migration")
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .createSchemas(true)
                .cleanDisabled(true)
                // A failed start of PostgreSQL's first seconds is no reason to give up the hub's.
                .connectRetries(10)
                .load();
    }
}
