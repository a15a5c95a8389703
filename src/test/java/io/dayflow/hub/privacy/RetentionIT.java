package io.dayflow.hub.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditChain;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What was kept long enough goes, what was not stays. */
@PrivacyTest
class RetentionIT {

    /** Sets the age of the only row of a person, by table. Lines of the audit trail nobody can change: see AuditChainIT. */
    private static final Map<String, String> AGES = Map.of(
            "hub.webhook_hint", "update hub.webhook_hint set received_at = now() - cast(? as interval)",
            "hub.webhook_event",
                    "update hub.webhook_event set state = 'done', received_at = now() - cast(? as interval)",
            "hub.dead_letter", "update hub.dead_letter set last_at = now() - cast(? as interval)",
            "hub.conflict", "update hub.conflict set status = 'resolved', resolved_at = now() - cast(? as interval)",
            "hub.journal", "update hub.journal set at = now() - cast(? as interval)",
            "hub.job", "update hub.job set status = 'completed', completed_at = now() - cast(? as interval)",
            "hub.consent", "update hub.consent set ended_at = now() - cast(? as interval), ended = 'withdrawn'",
            "hub.lease", "update hub.lease set until = now() - cast(? as interval)");

    private static final Map<String, Duration> KEPT = Map.of(
            "hub.webhook_hint", Duration.ofDays(7),
            "hub.webhook_event", Duration.ofDays(7),
            "hub.dead_letter", Duration.ofDays(365),
            "hub.conflict", Duration.ofDays(365),
            "hub.journal", Duration.ofDays(365),
            "hub.job", Duration.ofDays(90),
            "hub.consent", Duration.ofDays(1095),
            "hub.lease", Duration.ofDays(1));

    @Autowired
    People people;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    KeepRetention retention;

    @Autowired
    AuditChain chain;

    @Autowired
    Audit audit;

    @Autowired
    TransactionTemplate transaction;

    private static final Map<String, String> LIMITED =
            Map.of("hub.retention.dead-letters", "365d", "hub.retention.conflicts", "365d");

    private KeepRetention keptFor(Map<String, String> settings) {
        return new KeepRetention(settings(settings), chain, audit, jdbc, transaction, Clock.systemUTC());
    }

    /** What may be the only place of something that a person wrote stays until somebody decides. */
    @Test
    void unlessItIsSetNoLetterAndNoValueThatLostGoes() {
        for (var table : List.of("hub.dead_letter", "hub.conflict")) {
            var person = people.anybody();
            age(table, person.marker(), Duration.ofDays(3650));

            retention.keep();

            assertThat(rows(table, person.marker())).as(table).isOne();
        }
    }

    private void age(String table, String marker, Duration age) {
        assertThat(jdbc.sql(AGES.get(table) + " where position('" + marker + "' in " + text(table) + ") > 0")
                        .param(age.toSeconds() + " seconds")
                        .update())
                .as(table)
                .isEqualTo(1);
    }

    private static String text(String table) {
        return table.substring(table.indexOf('.') + 1) + "::text";
    }

    private long rows(String table, String marker) {
        return people.schema.holding(marker).getOrDefault(table, 0L);
    }

    @Test
    void whatIsOlderThanItsSettingGoesAndWhatIsYoungerStays() {
        for (var table : AGES.keySet()) {
            var over = people.anybody();
            var kept = people.anybody();
            age(table, over.marker(), KEPT.get(table).plusMinutes(5));
            age(table, kept.marker(), KEPT.get(table).minusMinutes(5));

            keptFor(LIMITED).keep();

            assertThat(rows(table, over.marker())).as("%s, older", table).isZero();
            assertThat(rows(table, kept.marker())).as("%s, younger", table).isOne();
        }
    }

    @Test
    void whatIsNotOverStaysHoweverOldItIs() {
        var person = people.anybody();
        jdbc.sql("update hub.conflict set status = 'open', detected_at = now() - interval '9 years' where user_id = ?")
                .param(person.id())
                .update();
        jdbc.sql("update hub.webhook_event set state = 'parked', received_at = now() - interval '29 days'"
                        + " where connection_id = ?")
                .param(person.connection())
                .update();
        jdbc.sql("update hub.consent set given_at = now() - interval '9 years', ended_at = null, ended = null"
                        + " where user_id = ?")
                .param(person.id())
                .update();

        jdbc.sql(
                        "update hub.dead_letter set fault = 'quarantined', last_at = now() - interval '9 years' where user_id = ?")
                .param(person.id())
                .update();

        retention.keep();

        assertThat(rows("hub.dead_letter", person.marker())).isOne();
        assertThat(rows("hub.conflict", person.marker())).isOne();
        assertThat(rows("hub.webhook_event", person.marker())).isOne();
        assertThat(rows("hub.consent", person.marker())).isOne();
        jdbc.sql("update hub.webhook_event set received_at = now() - interval '31 days' where connection_id = ?")
                .param(person.connection())
                .update();
        retention.keep();
        assertThat(rows("hub.webhook_event", person.marker())).isZero();
    }

    /** More than a batch, and all of it. */
    @Test
    void manyRowsGoInBatches() {
        var person = people.anybody();
        jdbc.sql("""
                        insert into hub.journal (at, user_id, item_id, operation, cause)
                        select now() - interval '2 years', ?, gen_random_uuid(), 'create', 'sync' from generate_series(1, 2500)
                        """).param(person.id()).update();

        long told = told();
        assertThat(retention.keep()).containsEntry("hub.journal", 2500);
        assertThat(retention.keep()).doesNotContainKey("hub.journal");
        assertThat(told()).as("lines of the audit trail about it").isEqualTo(told + 1);
    }

    private long told() {
        return jdbc.sql("select count(*) from hub.audit where user_id is null and actor = 'hub'"
                        + " and action = 'data.forgotten' and detail ->> 'hub.journal' = '2500'")
                .query(Long.class)
                .single();
    }

    @Test
    void whatCannotGoKeepsNothingElse() {
        var person = people.anybody();
        age("hub.journal", person.marker(), Duration.ofDays(400));
        age("hub.job", person.marker(), Duration.ofDays(400));
        jdbc.sql("create function hub.refuse() returns trigger language plpgsql as"
                        + " $$ begin raise exception 'not now'; end $$")
                .update();
        jdbc.sql("create trigger refuse before delete on hub.journal for each row execute function hub.refuse()")
                .update();
        try {
            retention.keep();
        } finally {
            jdbc.sql("drop function hub.refuse() cascade").update();
        }

        assertThat(rows("hub.journal", person.marker())).isOne();
        assertThat(rows("hub.job", person.marker())).isZero();
        retention.keep();
        assertThat(rows("hub.journal", person.marker())).isZero();
    }

    @Test
    void objectsOfAConnectionThatEndedLongAgoAreReadAnewWhenItComesBack() {
        var person = people.anybody();
        var younger = people.anybody();
        for (var both : new People.Person[] {person, younger}) {
            jdbc.sql("update hub.link set state = 'live' where connection_id = ?")
                    .param(both.connection())
                    .update();
            jdbc.sql("update hub.connection set disconnected_at = now() - cast(? as interval) where id = ?")
                    .params(both == person ? "91 days" : "89 days", both.connection())
                    .update();
        }

        retention.keep();

        assertThat(left(person)).isEqualTo("no object, no version, no cursor, base");
        assertThat(left(younger)).isEqualTo("object, version, cursor, base");
    }

    private String left(People.Person person) {
        return jdbc.sql("""
                        select concat_ws(', ', case when l.extras is null then 'no object' else 'object' end,
                               case when l.version is null then 'no version' else 'version' end,
                               case when o.cursor is null then 'no cursor' else 'cursor' end,
                               case when l.base is null then 'no base' else 'base' end)
                        from hub.link l join hub.collection o on o.connection_id = l.connection_id
                        where l.connection_id = ?
                        """).param(person.connection()).query(String.class).single();
    }

    @Test
    void receiptsGoTooAndThoseUnderWayDoNot() {
        var id = UUID.randomUUID();
        jdbc.sql("insert into hub.erasure (id, dayflow, step, requested_at, finished_at)"
                        + " values (?, 'keep', 'done', now() - interval '4 years', now() - interval '4 years')")
                .param(id)
                .update();
        var running = UUID.randomUUID();
        jdbc.sql(
                        "insert into hub.erasure (id, user_id, dayflow, requested_at) values (?, ?, 'keep', now() - interval '4 years')")
                .params(running, UUID.randomUUID())
                .update();

        retention.keep();

        assertThat(jdbc.sql("select id from hub.erasure where id in (?, ?)")
                        .params(id, running)
                        .query(UUID.class)
                        .list())
                .containsExactly(running);
        jdbc.sql("delete from hub.erasure where id = ?").param(running).update();
    }

    private static RetentionSettings settings(Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given))
                .bindOrCreate("hub.retention", RetentionSettings.class);
    }

    @Test
    void settingsShortenWhatIsKept() {
        var person = people.anybody();
        age("hub.journal", person.marker(), Duration.ofDays(3));

        keptFor(Map.of("hub.retention.journal", "2d")).keep();

        assertThat(rows("hub.journal", person.marker())).isZero();
    }

    @Test
    void everySettingHasItsNameAndALowerBound() {
        var defaults = settings(Map.of());
        assertThat(defaults.all()).hasSize(10).containsEntry("hub.retention.journal", Duration.ofDays(365));
        for (var name : defaults.all().keySet()) {
            assertThat(settings(Map.of(name, "1234h")).all()).as(name).containsEntry(name, Duration.ofHours(1234));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> unwrapped(() -> settings(Map.of(name, "23h"))))
                    .withMessageContaining(name + " is at least 1d");
        }
        assertThat(settings(Map.of("hub.retention.journal", "0")).journal()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> unwrapped(() -> settings(Map.of("hub.retention.audit", "0"))))
                .withMessageContaining("hub.retention.audit is at least 1d");
    }

    /** The binder wraps what a constructor refuses. */
    private static void unwrapped(Runnable binding) {
        try {
            binding.run();
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw cause instanceof RuntimeException runtime ? runtime : e;
        }
    }
}
