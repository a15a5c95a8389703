package io.dayflow.hub.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.17, 192.0.2.17",
        "::ffff:192.0.2.17, 192.0.2.17",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:0db8:0001:0002:ffff:0:0:1, 2001:db8:1:2::/64",
        "2001:db8:1:2::9, 2001:db8:1:2::/64",
        "2001:db8::9, 2001:db8:0:0::/64",
        "2001:db8:0:0:1:2:3:4, 2001:db8:0:0::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
        "::1, 0:0:0:0::/64",
        "0:0:0:0:0:0:0:1, 0:0:0:0::/64",
        "::2:3:4:5:6:7, 0:0:2:3::/64",
    })
    void whoHasOneAddressOfANetworkHasThemAll(String address, String network) {
        assertThat(ClientNetwork.of(address)).isEqualTo(network);
    }

    @Test
    void withoutAnAddressAllAreOne() {
        assertThat(ClientNetwork.of(null)).isEqualTo(ClientNetwork.of(" ")).isEqualTo("unknown");
    }
}
