package io.dayflow.hub.storage;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A process that starts the embedded database, inserts a row and waits to be killed. */
final class AbandonedHub {

    static final String INSERTED = "inserted";

    private AbandonedHub() {}

    public static void main(String[] args) throws Exception {
        var url = EmbeddedDatabase.start(Path.of(args[0]), TestDatabase.PROGRAMS, Map.of())
                .url();
        try (var connection = DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
                var statement = connection.createStatement()) {
            statement.execute("create table kept (word text)");
            statement.execute("insert into kept values ('here')");
        }
        System.out.println(INSERTED);
        while (true) {
            LockSupport.park();
        }
    }
}
