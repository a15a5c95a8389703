package io.dayflow.hub.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.provider.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Call CALL =
            new Call("PUT", URI.create("https://dav.example.com/secret?token=abc"), Map.of(), "body", Set.of(), true);

    @ParameterizedTest
    @CsvSource({
        "301,unreadable",
        "304,unreadable",
        "400,rejected",
        "401,needs_reconnect",
        "402,rejected",
        "403,rejected",
        "404,gone",
        "405,rejected",
        "406,rejected",
        "408,transient",
        "409,rejected",
        "410,gone",
        "411,rejected",
        "412,rejected",
        "413,rejected",
        "414,rejected",
        "415,rejected",
        "418,rejected",
        "422,rejected",
        "423,transient",
        "425,transient",
        "429,rate_limited",
        "500,transient",
        "501,transient",
        "502,transient",
        "503,transient",
        "504,transient",
        "507,rejected",
        "599,transient"
    })
    void statusesAreSorted(int status, String kind) {
        assertThat(Faults.sort(CALL, status, Map.of(), "", NOW).kind()).isEqualTo(kind);
    }

    @Test
    void aServiceThatNamesATimeIsLeftAloneUntilThen() {
        for (int status : new int[] {429, 503}) {
            assertThat(Faults.sort(CALL, status, Map.of("retry-after", "7"), "", NOW))
                    .isInstanceOfSatisfying(
                            Fault.RateLimited.class, f -> assertThat(f.until()).isEqualTo(NOW.plusSeconds(7)));
        }
        assertThat(Faults.sort(CALL, 503, Map.of("retry-after", "soon"), "", NOW)
                        .kind())
                .isEqualTo("transient");
        assertThat(Faults.sort(CALL, 500, Map.of("retry-after", "7"), "", NOW).kind())
                .isEqualTo("transient");
    }

    @Test
    void patienceThatIsAskedForWithoutATimeDoublesUpToAQuarterOfAnHour() {
        List<Duration> waits = List.of(0, 1, 2, 5, 60).stream()
                .map(row -> Faults.sort(CALL, 429, Map.of(), "", NOW, FaultTable.STANDARD, row))
                .map(fault -> Duration.between(NOW, ((Fault.RateLimited) fault).until()))
                .toList();
        assertThat(waits)
                .containsExactly(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(120),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(15));
    }

    @Test
    void aProviderMayDifferFromTheStandard() {
        FaultTable table = FaultTable.STANDARD.with(
                Map.of(403, FaultTable.Sort.RATE_LIMITED, 520, FaultTable.Sort.REJECTED), ErrorReader.NONE);
        assertThat(Faults.sort(CALL, 403, Map.of(), "", NOW, table, 0).kind()).isEqualTo("rate_limited");
        assertThat(Faults.sort(CALL, 520, Map.of(), "", NOW, table, 0).kind()).isEqualTo("rejected");
        assertThat(Faults.sort(CALL, 401, Map.of(), "", NOW, table, 0).kind()).isEqualTo("needs_reconnect");
    }

    @Test
    void messagesQuoteAShortPlainReasonAndNeverASecret() {
        String message = Faults.sort(
                        CALL,
                        400,
                        Map.of("content-type", "text/plain; charset=utf-8"),
                        "Bad calendar data: token abc for https://dav.example.com/secret?token=abc "
                                + "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0 bob@example.com\nsecond line",
                        NOW)
                .message();
        assertThat(message)
                .startsWith("The service answered 400 to PUT: it finds the request faulty (Bad calendar data")
                .doesNotContain("abc", "eyJ", "bob@", "second", "body");
        assertThat(Faults.sort(CALL, 400, Map.of("content-type", "text/html"), "<p>no", NOW)
                        .message())
                .doesNotContain("<p>");
        assertThat(Faults.sort(CALL, 400, Map.of("content-type", "text/plain"), "a b ".repeat(500), NOW)
                        .message()
                        .length())
                .isLessThan(220);
    }

    @Test
    void brokenConnectionsAreTransientInPlainWords() {
        for (Exception failure : List.of(
                new ConnectException("Connect to https://dav.example.com failed"),
                new SocketTimeoutException("Read timed out"),
                new SocketException("Connection reset"),
                new UnknownHostException("dav.example.com"),
                new SSLHandshakeException("PKIX path building failed"),
                new IOException("Premature end"))) {
            Fault fault = Faults.sort(CALL, failure);
            assertThat(fault).isInstanceOf(Fault.Transient.class);
            assertThat(fault.message())
                    .endsWith("(PUT)")
                    .doesNotContain("Exception", "dav.example.com", String.valueOf(failure.getMessage()));
        }
        assertThat(Faults.sort(CALL, new ClientProtocolException(new ProtocolException("x"))))
                .isInstanceOf(Fault.Unreadable.class);
        assertThat(Faults.sort(CALL, new AnswerTooLarge())).isInstanceOf(Fault.Rejected.class);
        assertThat(Faults.sort(CALL, PrivateAddressRefused.ofNetwork())).isInstanceOf(Fault.Rejected.class);
        assertThat(Faults.sort(CALL, new IllegalStateException("bug"))).isInstanceOf(Fault.Rejected.class);
    }

    @Test
    void onlyFailuresBeforeTheRequestProveThatItNeverArrived() {
        assertThat(Faults.neverReached(new ConnectException())).isTrue();
        assertThat(Faults.neverReached(new UnknownHostException())).isTrue();
        assertThat(Faults.neverReached(new SSLHandshakeException(""))).isTrue();
        assertThat(Faults.neverReached(new SocketTimeoutException())).isFalse();
        assertThat(Faults.neverReached(new SocketException())).isFalse();
    }
}
