package io.dayflow.hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.call.Call;
import io.dayflow.hub.call.FaultTable;
import io.dayflow.hub.call.Faults;
import io.dayflow.hub.provider.Fault;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErrorBodiesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final Call CALL =
            new Call("GET", URI.create("https://api.acme.example/"), Map.of(), null, Set.of(), true);
    private static final FaultTable TABLE = FaultTable.STANDARD.with(
            Map.of(410, FaultTable.Sort.REJECTED), new ErrorBodies("acme", ".error_extra.retry_after", ".error"));

    @Test
    void aBodyMayAskForPatienceAndSayWhy() {
        assertThat(sort(503, "{\"error\": \"Too busy\", \"error_extra\": {\"retry_after\": 2.5}}", Map.of()))
                .isEqualTo(new Fault.RateLimited(
                        "The service answered 503 to GET: it is not available now (Too busy)", NOW.plusMillis(2500)));
        assertThat(sort(429, "{\"error_extra\": {\"retry_after\": 7}}", Map.of()))
                .isInstanceOfSatisfying(
                        Fault.RateLimited.class, f -> assertThat(f.until()).isEqualTo(NOW.plusSeconds(7)));
    }

    @Test
    void theHeaderCountsBeforeTheBody() {
        assertThat(sort(429, "{\"error_extra\": {\"retry_after\": 7}}", Map.of("retry-after", "3")))
                .isInstanceOfSatisfying(
                        Fault.RateLimited.class, f -> assertThat(f.until()).isEqualTo(NOW.plusSeconds(3)));
    }

    @Test
    void patienceDoesNotMakeARefusalWorthRepeating() {
        assertThat(sort(400, "{\"error\": \"Bad\", \"error_extra\": {\"retry_after\": 7}}", Map.of()))
                .isEqualTo(new Fault.Rejected("The service answered 400 to GET: it finds the request faulty (Bad)"));
        assertThat(sort(401, "{\"error_extra\": {\"retry_after\": 7}}", Map.of()))
                .isInstanceOf(Fault.NeedsReconnect.class);
    }

    @Test
    void theProvidersFileSaysWhatAStatusMeans() {
        assertThat(sort(410, "{}", Map.of())).isInstanceOf(Fault.Rejected.class);
    }

    @Test
    void whatAServiceSaysIsShownWithoutSecretsAndInOneLine() {
        assertThat(sort(400, "{\"error\": \"Bad token abcdef0123456789abcdef0123456789\\nsecond line\"}", Map.of())
                        .message())
                .doesNotContain("abcdef", "second line");
        assertThat(sort(400, "{\"error\": \"" + "long ".repeat(200) + "\"}", Map.of())
                        .message())
                .hasSizeLessThan(220);
    }

    @Test
    void whatIsNotUnderstoodSaysNothing() {
        for (String body : new String[] {
            "", "{", "[]", "5", "{\"error\": 5, \"error_extra\": 3}", "{\"error_extra\": {\"retry_after\": \"x\"}}"
        }) {
            assertThat(sort(503, body, Map.of())).isInstanceOf(Fault.Transient.class);
        }
    }

    @Test
    void anExpressionThatIsNoJqIsRefused() {
        assertThatThrownBy(() -> new ErrorBodies("acme", ".a b", null))
                .isInstanceOf(InvalidMapping.class)
                .hasMessageContaining("acme.yaml faults.retryAfter");
    }

    private static Fault sort(int status, String body, Map<String, String> headers) {
        var all = new HashMap<>(headers);
        all.put("content-type", "application/json; charset=utf-8");
        return Faults.sort(CALL, status, all, body, NOW, TABLE, 0);
    }
}
