package io.dayflow.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditChainIT {

    private static final UUID ANN = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();

    private final Trail trail = new Trail();

    @Test
    void linesAreChainedInTheirOrderAndVerify() {
        assertThat(trail.sound().lines()).isZero();
        trail.write(ANN, 5);
        assertThat(trail.sound().unsealed()).isEqualTo(5);

        assertThat(trail.chain.seal()).isEqualTo(5);
        assertThat(trail.chain.seal()).isZero();

        var sound = trail.sound();
        assertThat(sound.lines()).isEqualTo(5);
        assertThat(sound.unsealed()).isZero();
        assertThat(sound.head()).isEqualTo(trail.chain.head());
        assertThat(trail.jdbc
                        .sql("select sequence from hub.audit order by id")
                        .query(Long.class)
                        .list())
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update hub.audit set actor = 'x'",
                "update hub.audit set sequence = 9 where false",
                "delete from hub.audit",
                "truncate hub.audit",
                "update hub.audit_chain set head_sequence = 0",
                "delete from hub.audit_chain",
                "truncate hub.audit_chain",
                "insert into hub.audit (actor, action, sequence) values ('hub', 'x', 9)",
                "insert into hub.audit (actor, action, erased_at) values ('hub', 'x', now())",
                "insert into hub.audit (actor, action, actor_salt) values ('hub', 'x', null)",
                "insert into hub.audit (actor, action) values ('hub', 'audit.erased')",
                "insert into hub.audit (actor, action) values ('hub', 'audit.forgotten')",
                "set session_replication_role = replica; delete from hub.audit; reset session_replication_role",
                "delete from hub.audit where action <> 'hub.seal_audit(integer)'",
                "do $do$ begin delete from hub.audit; end $do$",
                // whose call stack quotes what a function of the trail would leave there
                "do $do$ begin delete from hub.audit where action <> 'hub.seal_audit(integer)'; end $do$",
                "do $do$ begin update hub.audit set actor = 'x' where action <> '\"\nPL/pgSQL function"
                        + " hub.seal_audit(integer) line 16 at SQL statement\n'; end $do$",
                "do $do$ declare \"\nPL/pgSQL function hub.forget_audit(timestamp with time zone) \" boolean := true; begin"
                        + " delete from hub.audit where \"\nPL/pgSQL function hub.forget_audit(timestamp with time zone) \";"
                        + " end $do$",
                "do $do$ declare last bigint := 9; begin delete from hub.audit where sequence <= last; end $do$",
                "create function public.\"hub.erase_audit(uuid,text[])\"() returns void language sql"
                        + " as 'delete from hub.audit'; select public.\"hub.erase_audit(uuid,text[])\"()",
                "do $do$ begin insert into hub.audit (actor, action) select 'hub', 'audit.erased'"
                        + " where 'hub.erase_audit(uuid,text[])' <> ''; end $do$",
                "select hub.forget_audit(now())",
                "select hub.forget_audit('infinity')"
            })
    void nobodyChangesLinesPastTheFunctions(String sql) {
        trail.write(ANN, 3);
        trail.chain.seal();
        trail.write(ANN, 1);
        assertThatThrownBy(() -> {
                    try (var connection = trail.database.dataSource().getConnection()) {
                        connection.createStatement().execute(sql);
                    }
                })
                .hasMessageMatching("(?s).*(append-only|by seal_audit|for a day at least|by its function).*");

        assertThat(trail.sound().lines()).isEqualTo(3);
        assertThat(trail.sound().unsealed()).isEqualTo(1);
    }

    @Test
    void retentionRemovesABeginningAndLeavesWhereTheChainGoesOn() {
        trail.writeOld(4);
        trail.write(ANN, 2);
        trail.writeOld(1); // stays: the chain loses its beginning, never its middle
        trail.chain.seal();

        assertThat(trail.chain.forget()).isEqualTo(4);

        var sound = trail.sound();
        assertThat(sound.anchor().sequence()).isEqualTo(4);
        assertThat(sound.lines()).isEqualTo(3);
        assertThat(sound.unsealed()).isEqualTo(1); // which says what was forgotten
        assertThat(trail.chain.forget()).isZero();
        assertThat(trail.sound().lines()).isEqualTo(4);
        assertThat(trail.jdbc
                        .sql("select detail ->> 'lines' from hub.audit where action = 'audit.forgotten'")
                        .query(String.class)
                        .list())
                .containsExactly("4");
    }

    @Test
    void retentionOfAllLinesLeavesTheChainToGoOn() {
        trail.writeOld(3);
        assertThat(trail.chain.forget()).isEqualTo(3);
        trail.write(ANN, 1);
        trail.chain.seal();

        assertThat(trail.sound().lines()).isEqualTo(2);
        assertThat(trail.sound().head().sequence()).isEqualTo(5);
    }

    /** The database refuses to forget what is younger than a day by its own clock. */
    @Test
    void aHubWhoseClockIsAheadForgetsWhatIsADayOld() {
        trail.writeOld(3);
        trail.write(ANN, 1);

        assertThat(trail.chain(Duration.ofDays(1), Clock.offset(Clock.systemUTC(), Duration.ofHours(1)))
                        .forget())
                .isEqualTo(3);
    }

    @Test
    void anErasedPersonIsNowhereAndTheChainHolds() {
        trail.write(ANN, 3);
        trail.write(BEN, 2);
        trail.audit.record(line(null, "anonymous", "sign_in.refused", "ann@example.org"));
        trail.audit.record(line(BEN, ANN.toString(), "operator.acts_for", "of Ben"));
        trail.chain.seal();
        trail.audit.record(line(ANN, "hub", "credentials.refreshed", "not sealed yet"));
        var head = trail.chain.head();

        trail.audit.record(line(BEN, "operator", "x.y", "about " + ANN));

        // three lines with both parts, one refused sign-in with both, one as the actor, one as the owner,
        // and one that names the id
        assertThat(trail.erasure.erase(ANN, List.of("ann@example.org"))).isEqualTo(3 * 2 + 2 + 1 + 1 + 1);
        assertThat(trail.erasure.erase(ANN, List.of("ann@example.org"))).isZero();
        trail.chain.seal();

        var all = trail.jdbc
                .sql("select a::text from hub.audit a order by id")
                .query(String.class)
                .list();
        assertThat(all).hasSize(10).noneMatch(line -> line.contains(ANN.toString()) || line.contains("ann@example"));
        assertThat(all.stream().filter(line -> line.contains(BEN.toString()))).hasSize(3);
        assertThat(all).anyMatch(line -> line.contains("of Ben"));
        assertThat(trail.sound().erased()).isEqualTo(7);
        assertThat(trail.verify(head)).isInstanceOf(Verdict.Sound.class);
    }

    @Test
    void namesOfNobodyInParticularAreNoPersons() {
        for (var actor : List.of("operator", "hub", "anonymous")) {
            trail.audit.record(line(BEN, actor, "x.y", "of Ben"));
        }
        trail.audit.record(line(null, "anonymous", "sign_in.refused", "Operator"));

        assertThat(trail.erasure.erase(ANN, List.of("operator", "hub", "anonymous")))
                .isEqualTo(2);

        assertThat(trail.jdbc
                        .sql("select actor from hub.audit where user_id = ? order by id")
                        .param(BEN)
                        .query(String.class)
                        .list())
                .containsExactly("operator", "hub", "anonymous");
        assertThat(trail.sound().erased()).isEqualTo(1);
    }

    @Test
    void anyNumberOfHubsSealWhatAnyNumberOfWritersWrite() throws Exception {
        int writers = 12;
        int each = 150;
        var other = trail.chain();
        var running = new AtomicInteger(writers);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            work.add(() -> {
                try {
                    trail.write(UUID.randomUUID(), each);
                    return 0;
                } finally {
                    running.decrementAndGet();
                }
            });
        }
        for (var sealer : List.of(trail.chain, other)) {
            work.add(() -> {
                int sealed = 0;
                while (running.get() > 0) {
                    sealed += sealer.seal();
                }
                return sealed + sealer.seal();
            });
        }
        int sealed = 0;
        try (var pool = Executors.newFixedThreadPool(work.size())) {
            for (var done : pool.invokeAll(work)) {
                sealed += done.get();
            }
        }
        assertThat(sealed).isEqualTo(writers * each);
        assertThat(trail.sound().lines()).isEqualTo(writers * each);
        assertThat(trail.sound().unsealed()).isZero();
        assertThat(trail.jdbc
                        .sql("select count(distinct sequence) from hub.audit")
                        .query(Integer.class)
                        .single())
                .isEqualTo(writers * each);
    }

    /** A line's number is given when it is written, and it is seen when it is committed: the order may differ. */
    @Test
    void aLineThatIsCommittedLateIsSealedLateAndNotMissed() throws Exception {
        try (var slow = trail.database.dataSource().getConnection()) {
            slow.setAutoCommit(false);
            slow.createStatement().execute("insert into hub.audit (actor, action) values ('hub', 'late.line')");
            trail.write(ANN, 2);
            assertThat(trail.chain.seal()).isEqualTo(2);
            slow.commit();
        }
        assertThat(trail.chain.seal()).isEqualTo(1);
        assertThat(trail.sound().lines()).isEqualTo(3);
    }

    private static AuditLine line(UUID owner, String actor, String action, String name) {
        return new AuditLine(owner, actor, action, null, java.util.Map.of("name", name), "192.0.2.9");
    }
}
