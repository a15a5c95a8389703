package io.dayflow.hub.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.9.9.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.0.8",
                "192.0.0.192",
                "198.18.0.1",
                "198.19.255.254",
                "224.0.0.251",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "2001:db8::1",
                "::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "2002:0a00:0001::1"
            })
    void addressesThatAreNotOfThePublicInternet(String address) {
        assertThat(PrivateAddresses.contain(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "17.248.1.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.1.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "64:ff9b::1.1.1.1",
                "2002:0101:0101::1"
            })
    void addressesOfThePublicInternet(String address) {
        assertThat(PrivateAddresses.contain(InetAddress.ofLiteral(address))).isFalse();
    }

    @Test
    void anIpv4AddressWithinAnIpv6OneIsSeenThrough() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = -1;
        mapped[12] = 10;
        mapped[15] = 1;
        assertThat(PrivateAddresses.contain(Inet6Address.getByAddress("x", mapped, 0)))
                .isTrue();
        assertThat(PrivateAddresses.contain(InetAddress.getByAddress(mapped))).isTrue();
    }

    @Test
    void onePrivateAddressAmongAHostsAddressesRefusesIt() throws Exception {
        DnsResolver names = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                return new InetAddress[] {InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("10.0.0.1")};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        assertThatThrownBy(() ->
                        new GuardedResolver(names, false, AllowedAddresses.parse("")).resolve("rebinding.example"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("hub.security.allow-private-addresses=true");
        assertThat(new GuardedResolver(names, true, AllowedAddresses.parse("")).resolve("rebinding.example"))
                .hasSize(2);
    }
}
