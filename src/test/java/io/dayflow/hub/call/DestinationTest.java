package io.dayflow.hub.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

    private static final Destination ICLOUD =
            new Destination(URI.create("https://caldav.icloud.com/"), Set.of("iCloud.com"));

    @ParameterizedTest
    @CsvSource({
        "https://caldav.icloud.com/x, true",
        "https://CALDAV.icloud.com:443/x, true",
        "https://caldav.icloud.com./x, true",
        "https://p42-caldav.icloud.com/x, true",
        "https://p42-caldav.icloud.com:443/x, true",
        "https://icloud.com/x, true",
        "https://p42-caldav.icloud.com:8443/x, false",
        "https://caldav.icloud.com:8443/x, false",
        "http://p42-caldav.icloud.com/x, false",
        "https://icloud.com.evil.example/x, false",
        "https://evil-icloud.com/x, false",
        "https://evil.example/icloud.com, false"
    })
    void credentialsGoToTheOwnHostAndToTheProvidersDomain(URI target, boolean trusted) {
        assertThat(ICLOUD.trusts(target)).isEqualTo(trusted);
    }

    @Test
    void withoutADomainOnlyTheOwnHostIsTrustedAndMayMoveUpToHttps() {
        var own = new Destination(URI.create("http://dav.example.com/"), Set.of());
        assertThat(own.trusts(URI.create("https://dav.example.com/x"))).isTrue();
        assertThat(own.trusts(URI.create("http://dav.example.com/x"))).isTrue();
        assertThat(own.trusts(URI.create("https://dav.example.com:8443/x"))).isFalse();
        assertThat(own.trusts(URI.create("https://other.example.com/x"))).isFalse();
        assertThat(new Destination(null, Set.of()).trusts(URI.create("https://dav.example.com/")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://caldav.icloud.com/",
                "file:///etc/passwd",
                "https://user@caldav.icloud.com/",
                "https://user:pass@caldav.icloud.com/",
                "http://caldav.icloud.com/",
                "https:/x",
                "https://a_b/",
                "https://caldav.icloud.com:70000/"
            })
    void someAddressesAreNeverCalled(URI target) {
        assertThat(ICLOUD.refusal(target)).isNotNull();
    }

    @Test
    void aRedirectDoesNotLeaveHttps() {
        assertThat(ICLOUD.refusal(URI.create("https://a.example/"), URI.create("http://b.example/")))
                .contains("https to http");
        assertThat(ICLOUD.refusal(URI.create("https://a.example/"), URI.create("https://b.example/")))
                .isNull();
    }

    @Test
    void anAddressIsReadAsAPersonTypesIt() {
        assertThat(Destinations.parse(" dav.example.com/x ")).isEqualTo(URI.create("https://dav.example.com/x"));
        assertThat(Destinations.parse("http://dav.example.com:81")).isEqualTo(URI.create("http://dav.example.com:81"));
        assertThat(Destinations.parse("")).isNull();
        assertThat(Destinations.parse("not an address")).isNull();
    }

    @Test
    void aWholeTopLevelDomainIsNoProvidersDomain() {
        assertThatThrownBy(() -> new Destination(null, Set.of("com"))).isInstanceOf(IllegalArgumentException.class);
    }
}
