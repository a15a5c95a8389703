package io.dayflow.hub.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.audit.Verdict.Broken;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a superuser with the triggers switched off does to the trail is found. */
class VerifyAuditIT {

    private static final UUID ANN = UUID.randomUUID();

    private final Trail trail = new Trail();

    @BeforeEach
    void tenLines() {
        trail.write(ANN, 10);
        trail.chain.seal();
        assertThat(trail.sound().lines()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 | update hub.audit set actor = 'somebody' where sequence = 4",
                "4 | update hub.audit set action = 'settings.kept' where sequence = 4",
                "4 | update hub.audit set at = at + interval '1 microsecond' where sequence = 4",
                "4 | update hub.audit set sealed_at = sealed_at - interval '1 day' where sequence = 4",
                "4 | update hub.audit set remote = null where sequence = 4",
                "4 | update hub.audit set agent = 'curl/9' where sequence = 4",
                "4 | update hub.audit set object = 'connection:c9' where sequence = 4",
                "4 | update hub.audit set provider = null where sequence = 4",
                "4 | update hub.audit set user_id = gen_random_uuid() where sequence = 4",
                "4 | update hub.audit set user_id = null where sequence = 4",
                "4 | update hub.audit set detail = jsonb_set(detail, '{number}', '8') where sequence = 4",
                "4 | update hub.audit set detail = '{}', affair_salt = null where sequence = 4",
                "4 | update hub.audit set id = default where sequence = 4",
                "4 | update hub.audit set hash = sha256('x') where sequence = 4",
                "4 | update hub.audit set previous_hash = sha256('x') where sequence = 4",
                "4 | update hub.audit set actor_salt = uuid_send(gen_random_uuid()) where sequence = 4",
                "4 | delete from hub.audit where sequence = 4",
                "1 | delete from hub.audit where sequence <= 3",
                "1 | delete from hub.audit",
                "10 | delete from hub.audit where sequence >= 10",
                "4 | update hub.audit set sequence = null where sequence = 4",
                "4 | update hub.audit set sequence = case sequence when 4 then -5 else 4 end where sequence in (4, 5)",
                "11 | insert into hub.audit (actor, action, sequence) values ('hub', 'x.y', 11)",
                "0 | delete from hub.audit_chain"
            })
    void whatWasChangedIsNamedByItsPlace(long place, String sql) {
        if (sql.contains("-5")) {
            place = -5; // two lines that change places: the smaller number comes first
        }
        trail.tamper(sql);

        assertThat(trail.verify()).isInstanceOf(Broken.class);
        if (place >= 0) {
            assertThat(((Broken) trail.verify()).sequence()).isEqualTo(place);
        }
    }

    @Test
    void linesThatChangePlacesAreFound() {
        trail.tamper("""
                with a as (select * from hub.audit where sequence = 4), b as (select * from hub.audit where sequence = 5)
                update hub.audit l
                set actor = o.actor, object = o.object, detail = o.detail, remote = o.remote,
                    actor_salt = o.actor_salt, affair_salt = o.affair_salt, actor_digest = o.actor_digest,
                    affair_digest = o.affair_digest, at = o.at
                from (select 4 as place, b.* from b union all select 5, a.* from a) o where l.sequence = o.place
                """);

        assertThat(((Broken) trail.verify()).sequence()).isEqualTo(4);
    }

    @Test
    void aLineThatIsPutInBetweenIsFound() {
        trail.tamper("update hub.audit set sequence = sequence + 1000 where sequence > 4");
        trail.tamper("insert into hub.audit (actor, action, sequence, previous_hash, hash, sealed_at, actor_digest,"
                + " affair_digest) select 'hub', 'x.y', 5, hash, sha256('x'), now(), sha256('a'), sha256('b')"
                + " from hub.audit where sequence = 4");
        trail.tamper("update hub.audit set sequence = sequence - 999 where sequence > 1000");

        assertThat(((Broken) trail.verify()).sequence()).isEqualTo(5);
    }

    /** With the database's own functions, which such a one may use: the chain itself is sound then. */
    @Test
    void anEndThatIsCutOffCleanlyShowsAgainstAHeadNotedElsewhere() {
        var noted = trail.chain.head();
        cutOff("sequence > 7");

        assertThat(trail.sound().lines()).isEqualTo(7);
        assertThat(((Broken) trail.verify(noted)).sequence()).isEqualTo(10);

        trail.write(ANN, 5);
        trail.chain.seal();
        assertThat(trail.sound().lines()).isEqualTo(12);
        var found = (Broken) trail.verify(noted);
        assertThat(found.sequence()).isEqualTo(10);
        assertThat(found.reason()).contains("not the expected one");
    }

    private void cutOff(String which) {
        trail.tamper("delete from hub.audit where " + which);
        trail.tamper("update hub.audit_chain set (head_sequence, head_hash) ="
                + " (select sequence, hash from hub.audit order by sequence desc limit 1)");
    }

    @Test
    void aBeginningThatRetentionDidNotRemoveIsMissed() {
        trail.tamper("update hub.audit_chain set (anchor_sequence, anchor_hash) ="
                + " (select sequence, hash from hub.audit where sequence = 3)");
        trail.tamper("delete from hub.audit where sequence <= 3");

        assertThat(((Broken) trail.verify()).sequence()).isEqualTo(4);
    }

    @Test
    void aLineThatIsBlankedAsIfItsPersonWereErasedIsFound() {
        trail.tamper("update hub.audit set affair_salt = null, affair_erasure = gen_random_uuid(), user_id = null,"
                + " object = null, detail = '{}', erased_at = now() where sequence = 6");

        assertThat(((Broken) trail.verify()).sequence()).isEqualTo(6);
    }

    @Test
    void anExpectedHeadIsComparedAndOneBeforeTheAnchorSaysSo() {
        var noted = trail.chain.head();
        assertThat(trail.verify(noted)).isInstanceOf(Verdict.Sound.class);
        assertThat(trail.verify(new ChainHead(0, "0".repeat(64)))).isInstanceOf(Verdict.Sound.class);
        assertThat(trail.verify(new ChainHead(10, "0".repeat(64)))).isInstanceOf(Broken.class);
        assertThat(trail.verify(new ChainHead(99, noted.hash()))).isInstanceOf(Broken.class);

        var old = new Trail();
        old.writeOld(3);
        old.chain.seal();
        var early = old.chain.head();
        old.writeOld(2);
        old.chain.forget();
        assertThat(old.verify(early)).isInstanceOf(Verdict.Unknown.class);
        assertThat(old.verify(old.chain.head())).isInstanceOf(Verdict.Sound.class);
    }
}
