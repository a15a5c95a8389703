package io.dayflow.hub.storage;

import io.dayflow.hub.CannotStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.core.env.Environment;

/**
 * The hub's database for a command that runs beside a hub or without one: the one that {@code DATABASE_URL} names, else
 * that of the data folder, which is started for the time where no hub has it. Changes no schema.
 */
public final class DatabaseAccess implements AutoCloseable {

    private final DataSource source;
    private final @Nullable EmbeddedDatabase started;

    private DatabaseAccess(DataSource source, @Nullable EmbeddedDatabase started) {
        this.source = source;
        this.started = started;
    }

    /**
     * @throws CannotStart if there is no database, or it does not answer
     * @throws IllegalArgumentException if DATABASE_URL makes no sense
     */
    public static DatabaseAccess open(Environment environment, DataFolder folder) {
        var named = environment.getProperty("DATABASE_URL", "");
        if (!named.isBlank()) {
            return new DatabaseAccess(source(DatabaseUrl.parse(named)), null);
        }
        var place = folder.resolve("postgres");
        if (!Files.exists(place.resolve("password"))) {
            throw new CannotStart("There is no database in " + place + ", and DATABASE_URL names no other");
        }
        try {
            var server = EmbeddedDatabase.start(place, place.resolve("programs"), Map.of());
            return new DatabaseAccess(source(server.url()), server);
        } catch (CannotStart taken) {
            return served(place, taken);
        }
    }

    /** By a hub that runs. */
    private static DatabaseAccess served(Path place, CannotStart otherwise) {
        var source = PrivateFile.read(place.resolve("port"))
                .flatMap(port -> PrivateFile.read(place.resolve("password"))
                        .map(password ->
                                source(EmbeddedDatabase.url(Integer.parseInt(port.strip()), password.strip()))))
                .orElseThrow(() -> otherwise);
        try {
            source.getConnection().close();
            return new DatabaseAccess(source, null);
        } catch (SQLException absent) {
            throw new CannotStart(otherwise.getMessage() + " (its database does not answer)", absent);
        }
    }

    private static DataSource source(DatabaseUrl url) {
        var source = new PGSimpleDataSource();
        source.setUrl(url.jdbcUrl());
        source.setUser(url.user());
        source.setPassword(url.password());
        return source;
    }

    public DataSource dataSource() {
        return source;
    }

    /** Stops what was started. */
    @Override
    public void close() {
        if (started != null) {
            started.close();
        }
    }
}
