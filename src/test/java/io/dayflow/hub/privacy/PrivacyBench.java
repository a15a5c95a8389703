package io.dayflow.hub.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long an export and an erasure of much take, and whether an export's memory grows with it. */
@PrivacyTest
class PrivacyBench {

    private static final int FEW = 2_000;
    private static final int MANY = 20_000;
    private static final long MIB = 1 << 20;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Export export;

    @Autowired
    Erase erase;

    @Autowired
    ErasureWorker worker;

    private UUID user(int items) {
        var user = UUID.randomUUID();
        var connection = UUID.randomUUID();
        jdbc.sql("insert into public.users (id, email, timezone) values (?, ?, 'Europe/Berlin')")
                .params(user, user + "@example.org")
                .update();
        jdbc.sql("insert into hub.connection (id, user_id, provider, display_name, account)"
                        + " values (?, ?, 'testcal', 'Much', 'ann')")
                .params(connection, user)
                .update();
        jdbc.sql("""
                        insert into hub.item (id, user_id, kind, fields, match_key, origin)
                        select gen_random_uuid(), :user, 'event', jsonb_build_object(
                                   'title', 'Event ' || n, 'description', repeat('words of it ', 20),
                                   'start', to_char(timestamp '2026-01-01' + n * interval '1 hour',
                                                    'YYYY-MM-DD"T"HH24:MI') || 'Z',
                                   'end', to_char(timestamp '2026-01-01' + (n + 1) * interval '1 hour',
                                                  'YYYY-MM-DD"T"HH24:MI') || 'Z'), 'event ' || n, :connection
                        from generate_series(1, :items) n
                        """)
                .param("user", user)
                .param("connection", connection)
                .param("items", items)
                .update();
        jdbc.sql("""
                        insert into hub.link (id, item_id, connection_id, external_id, version, base, extras)
                        select gen_random_uuid(), id, origin, '/work/' || id || '.ics', 'v1', fields,
                               repeat('X-LINE:of the object' || chr(10), 30)
                        from hub.item where user_id = :user
                        """).param("user", user).update();
        jdbc.sql("""
                        insert into hub.journal (user_id, item_id, operation, after, cause)
                        select user_id, id, 'create', fields, 'sync' from hub.item where user_id = :user
                        """).param("user", user).update();
        jdbc.sql("analyze hub.item, hub.link, hub.journal").update();
        return user;
    }

    /** Counts what goes out, and looks at the heap every few hundred kilobytes. */
    private static final class Counting extends OutputStream {
        long bytes;
        long next;
        long most;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int from, int length) {
            bytes += length;
            if (bytes >= next) {
                next = bytes + 200_000;
                most = Math.max(most, live());
            }
        }
    }

    /** What is in use after a collection. */
    private static long live() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private record Measured(long bytes, long grown) {}

    private Measured exported(UUID user) throws IOException {
        long before = live();
        var out = new Counting();
        export.write(user, () -> out);
        return new Measured(out.bytes, out.most - before);
    }

    @Test
    void muchIsExportedAndErasedInFlatMemory() throws IOException {
        var few = user(FEW);
        var many = user(MANY);
        exported(few);

        var small = exported(few);
        var large = exported(many);
        long start = System.nanoTime();
        export.write(many, OutputStream::nullOutputStream);
        var time = Duration.ofNanos(System.nanoTime() - start);
        var receipt = erase.ask(many, Erase.Dayflow.REMOVE).receiptId();
        start = System.nanoTime();
        worker.work();
        var erased = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf(
                "export of %d items: %d ms, %d KiB; live heap grows by %.1f MiB (%d items: %.1f MiB); erasure: %d ms%n",
                MANY,
                time.toMillis(),
                large.bytes() / 1024,
                (double) large.grown() / MIB,
                FEW,
                (double) small.grown() / MIB,
                erased.toMillis());
        assertThat(large.grown()).as("live heap during the export").isLessThan(16 * MIB);
        assertThat(erase.receipt(few, true, receipt).counts().path("hub.link").asInt())
                .isEqualTo(MANY);
        assertThat(time).isLessThan(Duration.ofMinutes(1));
        assertThat(erased).isLessThan(Duration.ofMinutes(1));
    }
}
