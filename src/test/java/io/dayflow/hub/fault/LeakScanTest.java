package io.dayflow.hub.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakScanTest {

    private static final String SECRET = "Gehe1m/7f3a+Wort";

    private static LeakScan scan(String text) {
        var scan = new LeakScan();
        scan.secret("password", SECRET);
        scan.place("here", text);
        return scan;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "ann:", "someone@example.org:"})
    void aSecretIsFoundInEveryFormInWhichItTravels(String before) {
        var joined = (before + SECRET + "after").getBytes(StandardCharsets.UTF_8);

        assertThat(scan(before + SECRET).leaks()).containsExactly("password in here");
        assertThat(scan("x" + Base64.getEncoder().encodeToString(joined)).leaks())
                .hasSize(1);
        assertThat(scan("x" + Base64.getUrlEncoder().encodeToString(joined)).leaks())
                .hasSize(1);
        assertThat(scan("password=Gehe1m%2F7f3a%2BWort&").leaks()).hasSize(1);
        assertThat(scan("\\x47656865316d2f376633612b576f7274").leaks()).hasSize(1);
    }

    @Test
    void otherTextsAreLeftAlone() {
        assertThat(scan("Gehe1m/7f3a+Wor").leaks()).isEmpty();
    }
}
