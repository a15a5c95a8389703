package io.dayflow.hub.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.MovedClock;
import io.dayflow.hub.storage.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationFailureLockedEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.transaction.support.TransactionTemplate;

/** Instances that share a database, at a time of the test's own. */
class SignInThrottleIT {

    private static final String HOME = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.9";
    private static final ThrottleSettings SETTINGS =
            new ThrottleSettings(3, 10, Duration.ofMinutes(15), Duration.ofSeconds(30), Duration.ofMinutes(4));

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-27T08:00:00Z"));
    private final AtomicInteger looked = new AtomicInteger();
    private final List<Object> events = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AuthenticationProvider one = instance();
    private final AuthenticationProvider other = instance();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void afterSomeFailuresEvenTheRightPasswordWaitsAndIsNotLookedAt() {
        fail(one, "ann", ELSEWHERE);
        fail(other, "ann", ELSEWHERE);
        fail(one, "Ann ", "203.0.113.5");
        assertThat(looked).hasValue(3);

        waits(one, "ann", ELSEWHERE, Duration.ofSeconds(30));
        waits(other, "ann", HOME, Duration.ofSeconds(30));
        assertThat(looked).as("passwords that were looked at").hasValue(3);
        assertThat(events).hasSize(2).allMatch(AuthenticationFailureLockedEvent.class::isInstance);
        assertThat(meters.counter("hub.sign-ins.refused").count()).isEqualTo(2);

        clock.move(Duration.ofSeconds(30).minusMillis(1));
        waits(one, "ann", HOME, Duration.ofMillis(1));
        clock.move(Duration.ofMillis(1));
        succeed(one, "ann", HOME);
    }

    @Test
    void eachFurtherFailureDoublesTheWaitUpToACap() {
        for (int i = 0; i < 3; i++) {
            fail(one, "ann", HOME);
        }
        for (int seconds : new int[] {30, 60, 120, 240, 240, 240}) {
            waits(other, "ann", "203.0.113." + seconds, Duration.ofSeconds(seconds));
            clock.move(Duration.ofSeconds(seconds));
            fail(one, "ann", "203.0.113.77");
        }
    }

    @Test
    void whoHasToWaitIsToldWhichLimitWasReached() {
        for (int i = 0; i < 3; i++) {
            fail(one, "ann", HOME);
        }
        for (int i = 0; i < 10; i++) {
            fail(one, "victim" + i, ELSEWHERE);
        }
        assertThat(limit("ann", HOME)).isEqualTo("sign-in");
        assertThat(limit("somebody", ELSEWHERE)).isEqualTo("sign-in-address");
    }

    private String limit(String account, String address) {
        return assertThatExceptionOfType(SignInRefused.class)
                .isThrownBy(() -> one.authenticate(asked(account, "right", address)))
                .satisfies(refused ->
                        assertThat(refused.limits()).isEqualTo("\"sign-in\";q=3;w=900, \"sign-in-address\";q=10;w=900"))
                .actual()
                .limit();
    }

    @Test
    void aSuccessClearsTheCountOfTheAccount() {
        fail(one, "ann", HOME);
        fail(one, "ann", HOME);
        succeed(other, "ann", HOME);
        fail(one, "ann", HOME);
        fail(one, "ann", HOME);
        succeed(one, "ann", HOME);
        assertThat(jdbc.sql("select count(*) from hub.sign_in_try where key not like 'address:%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void aSuccessDoesNotClearTheCountOfTheAddress() {
        for (int i = 0; i < 10; i++) {
            fail(one, "victim" + i, ELSEWHERE);
            if (i < 9) {
                succeed(one, "mallory", ELSEWHERE);
            }
        }
        waits(other, "mallory", ELSEWHERE, Duration.ofSeconds(30));
        waits(other, "somebody", ELSEWHERE, Duration.ofSeconds(30));
        succeed(other, "mallory", HOME);
    }

    @Test
    void failuresAreForgottenAfterATimeWithoutATry() {
        fail(one, "ann", HOME);
        fail(one, "ann", HOME);
        clock.move(Duration.ofMinutes(15).minusMillis(1));
        fail(one, "ann", HOME);
        waits(one, "ann", HOME, Duration.ofSeconds(30));
        clock.move(Duration.ofSeconds(30).plus(Duration.ofMinutes(15)));
        fail(one, "ann", HOME);
        fail(one, "ann", HOME);
        succeed(one, "ann", HOME);
    }

    @Test
    void accountsThatDoNotExistAreTreatedAlike() {
        var real = answers("ann", HOME);
        var none = answers("nobody at all", ELSEWHERE);

        assertThat(none).isEqualTo(real);
        assertThat(real).hasSize(6);
        assertThat(real.subList(0, 3)).allMatch(answer -> answer.startsWith("BadCredentialsException"));
        assertThat(real.subList(3, 6)).allMatch(answer -> answer.startsWith("SignInRefused"));
    }

    @Test
    void nobodyIsLockedOutOfWhereTheySignInByOthers() {
        succeed(one, "ann", HOME);
        for (int i = 0; i < 3; i++) {
            fail(one, "ann", "203.0.113." + i);
        }
        waits(one, "ann", ELSEWHERE, Duration.ofSeconds(30));
        succeed(one, "ann", HOME);
        waits(one, "ann", ELSEWHERE, Duration.ofSeconds(30));

        for (int i = 0; i < 3; i++) {
            fail(other, "ann", HOME);
        }
        waits(one, "ann", HOME, Duration.ofSeconds(30));

        clock.move(Duration.ofDays(91));
        for (int i = 0; i < 3; i++) {
            fail(one, "ann", "203.0.113." + i);
        }
        waits(one, "ann", HOME, Duration.ofSeconds(30));
    }

    @Test
    void howeverManyTryAtOnceNoMoreAreLookedAt() throws Exception {
        var tries = new ArrayList<Callable<String>>();
        for (int i = 0; i < 60; i++) {
            var at = i % 2 == 0 ? one : other;
            var from = "203.0.113." + i;
            tries.add(() -> answer(at, "ann", "wrong", from));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var outcome : threads.invokeAll(tries)) {
                outcome.get();
            }
        }
        assertThat(looked).hasValue(3);
    }

    @Test
    void theRightPasswordManyTimesAtOnceIsNoAttack() throws Exception {
        var tries = new ArrayList<Callable<String>>();
        for (int i = 0; i < 60; i++) {
            tries.add(() -> answer(one, "ann", "right", HOME));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var outcome : threads.invokeAll(tries)) {
                assertThat(outcome.get()).isEqualTo("in");
            }
        }
    }

    @Test
    void whatCouldNotBeFoundOutCountsForNothing() {
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(InternalAuthenticationServiceException.class)
                    .isThrownBy(() -> one.authenticate(asked("ann", "broken", HOME)));
        }
        fail(one, "ann", HOME);
        fail(one, "ann", HOME);
        succeed(one, "ann", HOME);
    }

    @Test
    void anAccountCanBeForgotten() {
        succeed(one, "ann", HOME);
        for (int i = 0; i < 3; i++) {
            fail(one, "ann", ELSEWHERE);
        }
        throttle().forget("ann");
        assertThat(jdbc.sql("select count(*) from hub.sign_in_known")
                        .query(Integer.class)
                        .single())
                .isZero();
        succeed(one, "ann", ELSEWHERE);
    }

    @Test
    void allButOneAddressCanBeForgotten() {
        succeed(one, "ann", HOME);
        succeed(one, "ann", ELSEWHERE);
        throttle().forgetElsewhere("Ann", HOME);
        for (int i = 0; i < 3; i++) {
            fail(one, "ann", "203.0.113." + i);
        }
        waits(one, "ann", ELSEWHERE, Duration.ofSeconds(30));
        succeed(one, "ann", HOME);
    }

    /** The first has a dot, which is lost in lower case; the second is the sign for kelvin. */
    @ParameterizedTest
    @CsvSource({"ADM\u0130N, admin", "\u212Aate, kate", "\u03A3\u0391\u03A3, \u03C3\u03B1\u03C3"})
    void whateverTheDatabaseTakesForOneNameHasOneCount(String typed, String name) {
        assertThat(jdbc.sql("select lower(?)").param(typed).query(String.class).single())
                .isEqualTo(name);
        fail(one, typed, ELSEWHERE);
        fail(one, name, ELSEWHERE);
        fail(one, typed, ELSEWHERE);

        waits(one, name, HOME, Duration.ofSeconds(30));
        waits(one, typed, HOME, Duration.ofSeconds(30));
    }

    @Test
    void aNameThatNoDatabaseHoldsIsCountedToo() {
        for (int i = 0; i < 3; i++) {
            fail(one, "an\0n", ELSEWHERE);
        }
        waits(one, "an\0n", HOME, Duration.ofSeconds(30));
    }

    @Test
    void rowsTellNoNames() {
        fail(one, "my secret password in the wrong field", HOME);
        succeed(one, "ann", HOME);
        assertThat(jdbc.sql(
                                "select key from hub.sign_in_try union all select account || address from hub.sign_in_known")
                        .query(String.class)
                        .list())
                .hasSize(3)
                .noneMatch(row -> row.contains("secret") || row.contains("ann") || row.contains(HOME));
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() ->
                        new ThrottleSettings(0, 1, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .hasMessageContaining("attempts");
        assertThatThrownBy(() ->
                        new ThrottleSettings(1, 1, Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(1)))
                .hasMessageContaining("longest-wait");
    }

    private List<String> answers(String account, String address) {
        var answers = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            answers.add(answer(one, account, "wrong", address));
        }
        return answers;
    }

    private static String answer(AuthenticationProvider at, String account, String password, String address) {
        try {
            at.authenticate(asked(account, password, address));
            return "in";
        } catch (AuthenticationException refused) {
            return refused.getClass().getSimpleName() + ": " + refused.getMessage();
        }
    }

    private static void fail(AuthenticationProvider at, String account, String address) {
        assertThatExceptionOfType(BadCredentialsException.class)
                .isThrownBy(() -> at.authenticate(asked(account, "wrong", address)));
    }

    private static void succeed(AuthenticationProvider at, String account, String address) {
        assertThat(at.authenticate(asked(account, "right", address)).isAuthenticated())
                .isTrue();
    }

    private static void waits(AuthenticationProvider at, String account, String address, Duration delay) {
        assertThatExceptionOfType(SignInRefused.class)
                .isThrownBy(() -> at.authenticate(asked(account, "right", address)))
                .satisfies(refused -> assertThat(refused.delay()).isEqualTo(delay));
    }

    private static Authentication asked(String account, String password, String address) {
        var asked = UsernamePasswordAuthenticationToken.unauthenticated(account, password);
        var request = new MockHttpServletRequest();
        request.setRemoteAddr(address);
        asked.setDetails(new WebAuthenticationDetails(request));
        return asked;
    }

    private SignInThrottle throttle() {
        return new SignInThrottle(
                SETTINGS, jdbc, new TransactionTemplate(new JdbcTransactionManager(database.dataSource())), clock);
    }

    private AuthenticationProvider instance() {
        return new ThrottledSignIn(
                new Passwords(looked), throttle(), events::add, meters.counter("hub.sign-ins.refused"));
    }

    /** Knows every account; its password is "right". */
    private record Passwords(AtomicInteger looked) implements AuthenticationProvider {

        @Override
        public Authentication authenticate(Authentication asked) {
            looked.incrementAndGet();
            return switch (String.valueOf(asked.getCredentials())) {
                case "right" -> UsernamePasswordAuthenticationToken.authenticated(asked.getName(), null, List.of());
                case "broken" -> throw new InternalAuthenticationServiceException("no answer");
                default -> throw new BadCredentialsException("no");
            };
        }

        @Override
        public boolean supports(Class<?> kind) {
            return true;
        }
    }
}
