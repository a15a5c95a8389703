package io.dayflow.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.storage.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class VerifyAuditCommandIT {

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    private record Said(int code, String text) {}

    @Test
    void aSoundTrailIsCountedAndItsHeadSaid() {
        seal(3);

        var said = verify();

        assertThat(said.code()).as(said.text()).isZero();
        assertThat(said.text()).contains("holds: 3 lines after line 0").contains("head " + head());
        assertThat(verify("--expect-head=" + head()).code()).isZero();
    }

    @Test
    void theFirstBadLineIsNamed() {
        seal(3);
        tamper("update hub.audit set remote = 'x' where sequence = 2");

        var said = verify();

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.text()).contains("does not hold at line 2 (audit id ");
    }

    @Test
    void anEndThatWasCutOffShowsAgainstTheHeadThatIsExpected() {
        seal(3);
        var noted = head();
        tamper("delete from hub.audit where sequence = 3");
        tamper("update hub.audit_chain set (head_sequence, head_hash) ="
                + " (select sequence, hash from hub.audit where sequence = 2)");

        assertThat(verify().code()).isZero();
        assertThat(verify("--expect-head=" + noted).code()).isEqualTo(1);
    }

    @Test
    void whatCannotBeToldIsNeitherGoodNorBad(@TempDir Path empty) {
        assertThat(verify("--expect-head=7").code()).isEqualTo(2);
        assertThat(run("--verify-audit", "--hub.data-dir=" + empty, "--DATABASE_URL=")
                        .code())
                .isEqualTo(2);
        assertThat(run("--verify-audit", "--DATABASE_URL=postgresql://a:secret@127.0.0.1:1/none"))
                .satisfies(said -> assertThat(said.code()).isEqualTo(2))
                .satisfies(said -> assertThat(said.text()).doesNotContain("secret"));
    }

    @Test
    void onlyThisArgumentIsTheCommand() {
        assertThat(VerifyAuditCommand.isAskedFor("--server.port=1", "--verify-audit"))
                .isTrue();
        assertThat(VerifyAuditCommand.isAskedFor("--verify-audits")).isFalse();
        assertThat(VerifyAuditCommand.isAskedFor()).isFalse();
    }

    private void seal(int lines) {
        jdbc.sql("insert into hub.audit (actor, action) select 'hub', 'some.thing' from generate_series(1, ?)")
                .param(lines)
                .update();
        jdbc.sql("select hub.seal_audit()").query(Integer.class).single();
    }

    private String head() {
        return jdbc.sql("select head_sequence || ':' || encode(head_hash, 'hex') from hub.audit_chain")
                .query(String.class)
                .single();
    }

    private void tamper(String sql) {
        for (var how : List.of("disable", "enable always")) {
            for (var table : List.of("audit", "audit_chain")) {
                jdbc.sql("alter table hub." + table + " " + how + " trigger audit_only_grows")
                        .update();
            }
            if (how.equals("disable")) {
                assertThat(jdbc.sql(sql).update()).isEqualTo(1);
            }
        }
    }

    private Said verify(String... more) {
        var args = new ArrayList<>(List.of("--verify-audit", "--DATABASE_URL=" + database.databaseUrl()));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private static Said run(String... args) {
        var bytes = new ByteArrayOutputStream();
        int code = VerifyAuditCommand.run(args, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return new Said(code, bytes.toString(StandardCharsets.UTF_8));
    }
}
