package io.dayflow.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.storage.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A trail in a database of its own, and what only a superuser can do to it. */
final class Trail {

    final TestDatabase database = TestDatabase.create();
    final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    final Audit audit = new Audit(jdbc, new ObjectMapper());
    final AuditErasure erasure = new AuditErasure(jdbc, new AuditThrottle(audit, Clock.systemUTC()));
    final AuditChain chain = chain();

    /** As another hub with the same database has it. */
    AuditChain chain() {
        return chain(Duration.ofDays(180), Clock.systemUTC());
    }

    AuditChain chain(Duration kept, Clock clock) {
        return new AuditChain(
                jdbc,
                erasure,
                new TransactionTemplate(new DataSourceTransactionManager(database.dataSource())),
                new AuditRetention(kept),
                clock);
    }

    void write(UUID user, int lines) {
        for (int i = 0; i < lines; i++) {
            audit.record(new AuditLine(
                    user,
                    user.toString(),
                    "settings.changed",
                    "testcal",
                    AuditLine.object("connection", "c" + i),
                    Map.of("number", i, "text", "tag | \"Grün\" 1:2:3"),
                    "192.0.2." + i % 200,
                    "curl/8"));
        }
    }

    /** Lines that are 200 days old. */
    void writeOld(int lines) {
        jdbc.sql("insert into hub.audit (at, actor, action) select now() - interval '200 days', 'hub', 'old.line'"
                        + " from generate_series(1, ?)")
                .param(lines)
                .update();
    }

    Verdict verify() {
        return verify(null);
    }

    Verdict verify(ChainHead expected) {
        return new VerifyAudit(database.dataSource()).verify(expected);
    }

    Verdict.Sound sound() {
        var verdict = verify();
        assertThat(verdict).isInstanceOf(Verdict.Sound.class);
        return (Verdict.Sound) verdict;
    }

    /** Changes what the triggers forbid: whoever owns the tables can switch them off. */
    void tamper(String sql) {
        triggers("disable");
        assertThat(jdbc.sql(sql).update()).as(sql).isPositive();
        triggers("enable always");
    }

    private void triggers(String how) {
        jdbc.sql("alter table hub.audit " + how + " trigger audit_only_grows").update();
        jdbc.sql("alter table hub.audit " + how + " trigger audit_is_unsealed").update();
        jdbc.sql("alter table hub.audit_chain " + how + " trigger audit_only_grows")
                .update();
    }
}
