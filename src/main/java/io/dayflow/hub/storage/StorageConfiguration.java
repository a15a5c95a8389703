package io.dayflow.hub.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dayflow.hub.CannotStart;
import java.util.Map;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationInitializer;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The one database: named by {@code DATABASE_URL}, else the embedded one of the data folder. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    private static final Logger log = LoggerFactory.getLogger(StorageConfiguration.class);

    /** Which database it is; closing it stops the embedded server, after the pool that uses it. */
    record Database(DatabaseUrl url, AutoCloseable server, boolean embedded) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            server.close();
        }
    }

    @Bean
    Database database(Environment environment, DataFolder folder) {
        var named = environment.getProperty("DATABASE_URL", "");
        if (!named.isBlank()) {
            var url = parsed(named);
            log.info("Using the database {}", url);
            return new Database(url, () -> {}, false);
        }
        var server = EmbeddedDatabase.start(
                folder.resolve("postgres"), folder.resolve("postgres").resolve("programs"), Map.of());
        log.info("Using the embedded PostgreSQL in {}: {}", folder.resolve("postgres"), server.url());
        return new Database(server.url(), server, true);
    }

    private static DatabaseUrl parsed(String named) {
        try {
            return DatabaseUrl.parse(named);
        } catch (IllegalArgumentException explained) {
            throw new CannotStart(String.valueOf(explained.getMessage()));
        }
    }

    @Bean
    HikariDataSource dataSource(Database database) {
        return pool(database.url());
    }

    static HikariDataSource pool(DatabaseUrl url) {
        var config = new HikariConfig();
        config.setPoolName("hub");
        config.setJdbcUrl(url.jdbcUrl());
        config.setUsername(url.user());
        config.setPassword(url.password());
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(2);
        config.setIdleTimeout(60_000);
        config.setMaxLifetime(600_000);
        config.setKeepaliveTime(60_000);
        // Long enough for the embedded server to come back, short enough for a request to get an answer.
        config.setConnectionTimeout(8_000);
        config.setValidationTimeout(1_000);
        // At the start the database may still be starting too.
        config.setInitializationFailTimeout(30_000);
        config.addDataSourceProperty("ApplicationName", "dayflow-hub");
        config.addDataSourceProperty("connectTimeout", "3");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        // A first sync fills tables that were empty when its statements were prepared: a plan made for those, and kept,
        // would
        // read whole tables for each page.
        config.setConnectionInitSql("set plan_cache_mode = force_custom_plan");
        return new HikariDataSource(config);
    }

    /** For everybody who opens a transaction. */
    @Bean
    TransactionTemplate transactionTemplate(PlatformTransactionManager manager) {
        return new RetryingTransactions(manager);
    }

    @Bean
    Flyway flyway(DataSource dataSource) {
        return Migrations.flyway(dataSource);
    }

    @Bean
    FlywayMigrationInitializer flywayInitializer(Flyway flyway) {
        return new FlywayMigrationInitializer(flyway);
    }

    @Bean
    @DependsOnDatabaseInitialization
    InitializingBean firstUser(Database database, JdbcClient jdbc) {
        return () -> {
            if (database.embedded()) {
                FirstUser.createIn(jdbc, TimeZone.getDefault().toZoneId());
            }
        };
    }
}
