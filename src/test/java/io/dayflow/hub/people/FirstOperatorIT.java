package io.dayflow.hub.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.dayflow.hub.refusal.ConflictingState;
import io.dayflow.hub.storage.DataFolder;
import io.dayflow.hub.storage.Ids;
import io.dayflow.hub.storage.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.crypto.password.PasswordEncoder;

@ExtendWith(OutputCaptureExtension.class)
class FirstOperatorIT {

    @TempDir
    Path folder;

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final HubAccounts accounts = new HubAccounts(jdbc);
    private final MockEnvironment environment = new MockEnvironment();
    private final PasswordEncoder encoder = PasswordSignIn.passwordEncoder();

    @BeforeEach
    void listen() {
        // other hubs of this process may have silenced it
        ((Logger) LoggerFactory.getLogger(FirstOperator.class)).setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        ((Logger) LoggerFactory.getLogger(FirstOperator.class)).setLevel(null);
        database.close();
    }

    private FirstOperator start() {
        return new FirstOperator(environment, new DataFolder(folder), accounts, encoder, new Ids(), Clock.systemUTC());
    }

    private boolean opens(String password) {
        return encoder.matches(password, accounts.byName("admin").orElseThrow().passwordHash());
    }

    private static String shown(CapturedOutput output) {
        return output.getOut().replaceAll("(?s).*only this once: (\\S+) .*", "$1");
    }

    @Test
    void thePasswordIsShownOnceAndKeptAsAHash(CapturedOutput output) throws Exception {
        start();
        var password = shown(output);
        start();

        assertThat(opens(password)).isTrue();
        assertThat(output.getOut()).containsOnlyOnce(password);
        var file = folder.resolve("operator-password-hash");
        assertThat(Files.readString(file)).doesNotContain(password);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void withoutTheFileANewPasswordIsMade(CapturedOutput output) throws Exception {
        start();
        var first = shown(output);
        Files.delete(folder.resolve("operator-password-hash"));
        start();

        assertThat(opens(first)).isFalse();
        assertThat(opens(shown(output))).isTrue();
    }

    @Test
    void aNewPasswordEnablesTheAccount(CapturedOutput output) throws Exception {
        start();
        accounts.setDisabled(accounts.byName("admin").orElseThrow().id(), Instant.now());
        start();
        assertThat(accounts.byName("admin").orElseThrow().enabled()).isFalse();
        Files.delete(folder.resolve("operator-password-hash"));
        start();

        assertThat(accounts.byName("admin").orElseThrow().enabled()).isTrue();
        assertThat(opens(shown(output))).isTrue();
    }

    @Test
    void aStartThatWasCutOffShowsAPasswordTheNextTime(CapturedOutput output) {
        jdbc.sql("alter table hub.account rename to gone").update();
        assertThatThrownBy(this::start).isInstanceOf(DataAccessException.class);
        jdbc.sql("alter table hub.gone rename to account").update();
        start();

        assertThat(opens(shown(output))).isTrue();
    }

    @Test
    void theHashOfAnOlderHubStillOpens() throws Exception {
        var older = new PasswordSignIn.AnyLengthBcrypt().encode("made by an older hub");
        Files.writeString(folder.resolve("operator-password-hash"), older);
        start();

        assertThat(opens("made by an older hub")).isTrue();
    }

    @Test
    void aPasswordThatWasChangedStays() {
        start();
        var admin = accounts.byName("admin").orElseThrow();
        accounts.setPassword(
                admin.id(),
                encoder.encode("chosen on the page"),
                Clock.systemUTC().instant());
        start();

        assertThat(opens("chosen on the page")).isTrue();
    }

    @Test
    void theEnvironmentsPasswordCountsAtEveryStartAndIsChangedThere() {
        start();
        environment.setProperty("HUB_ADMIN_PASSWORD", "from the environment");
        var operator = start();

        assertThat(opens("from the environment")).isTrue();
        assertThatThrownBy(
                        () -> operator.checkChangeable(accounts.byName("admin").orElseThrow()))
                .isInstanceOf(ConflictingState.class)
                .hasMessageContaining("HUB_ADMIN_PASSWORD");
    }

    @Test
    void anotherPasswordEndsTheSessionsThatBeganWithTheOneBefore() {
        start();
        jdbc.sql("insert into hub.http_session (primary_id, session_id, creation_time, last_access_time,"
                        + " max_inactive_interval, expiry_time, principal_name)"
                        + " select 'p', 's', 0, 0, 7200, 9999999999999, id::text from hub.account where name = 'admin'")
                .update();
        start();
        assertThat(sessions()).isEqualTo(1);
        environment.setProperty("HUB_ADMIN_PASSWORD", "from the environment");
        start();
        assertThat(sessions()).isZero();
    }

    private long sessions() {
        return jdbc.sql("select count(*) from hub.http_session")
                .query(Long.class)
                .single();
    }

    @Test
    void everyCharacterOfALongPasswordCounts() {
        var hash = encoder.encode("x".repeat(100) + "1");

        assertThat(hash).startsWith("{bcrypt-sha256}$2a$10$");
        assertThat(encoder.matches("x".repeat(100) + "1", hash)).isTrue();
        assertThat(encoder.matches("x".repeat(100) + "2", hash)).isFalse();
    }
}
