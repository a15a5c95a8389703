package io.dayflow.hub.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that change what they lead to, and names that lead to several places. */
class GuardedResolverTest {

    private static final AllowedAddresses NONE = AllowedAddresses.parse("");

    /** Answers one list after the other, then none. */
    private static final class Names implements DnsResolver {
        final Queue<InetAddress[]> answers = new ArrayDeque<>();
        int asked;

        Names(String... answers) {
            for (var answer : answers) {
                this.answers.add(Arrays.stream(answer.split(" "))
                        .filter(address -> !address.isEmpty())
                        .map(InetAddress::ofLiteral)
                        .toArray(InetAddress[]::new));
            }
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            asked++;
            var answer = answers.poll();
            if (answer == null) {
                throw new UnknownHostException(host);
            }
            return answer;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    @Test
    void aNameThatIsPublicFirstAndPrivateThenIsRefusedThen() throws Exception {
        var names = new Names("1.1.1.1", "10.0.0.1", "1.1.1.1");
        var resolver = new GuardedResolver(names, false, NONE);

        assertThat(resolver.resolve("rebinding.example", 443)).containsExactly(new InetSocketAddress("1.1.1.1", 443));
        assertThatThrownBy(() -> resolver.resolve("rebinding.example", 443)).isInstanceOf(PrivateAddressRefused.class);
        assertThat(resolver.resolve("rebinding.example", 443)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1 10.0.0.1",
                "10.0.0.1 1.1.1.1",
                "2606:4700::1111 ::1",
                "1.1.1.1 1.0.0.1 ::ffff:0:7f00:1",
                "1.1.1.1 fe80::1"
            })
    void onePrivateAddressAmongPublicOnesRefusesTheName(String addresses) {
        assertThatThrownBy(() -> new GuardedResolver(new Names(addresses), false, NONE).resolve("two.example", 443))
                .isInstanceOf(PrivateAddressRefused.class)
                .hasMessageContaining("hub.security.allow-private-addresses=true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "1.1.1.1 169.254.169.254",
                "fd00:ec2::254",
                "64:ff9b::169.254.169.254",
                "2002:a9fe:a9fe::1",
                "168.63.129.16",
                "100.100.100.200"
            })
    void whereACloudTellsItsSecretsIsRefusedEvenWherePrivateAddressesAreAllowed(String addresses) {
        assertThatThrownBy(() -> new GuardedResolver(new Names(addresses), true, NONE).resolve("cloud.example", 80))
                .isInstanceOf(PrivateAddressRefused.class)
                .hasMessageContaining("where a cloud tells its machines their secrets");
    }

    @Test
    void aNameThatLeadsNowhereIsUnknown() {
        assertThatThrownBy(() -> new GuardedResolver(new Names(""), false, NONE).resolve("empty.example", 443))
                .isInstanceOf(UnknownHostException.class);
    }

    /**
     * The connection goes to the address that was judged: a name that leads elsewhere by the time the connection is opened is
     * not asked again. 127.0.0.1 stands for the public address, 127.0.0.2 for the one it changes to.
     */
    @Test
    void theConnectionIsOpenedToTheAddressThatWasJudged() throws Exception {
        var first = server("127.0.0.1", 0, "judged");
        var second = server("127.0.0.2", first.getAddress().getPort(), "changed");
        var names = new Names("127.0.0.1", "127.0.0.2", "127.0.0.2");
        try (var client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new GuardedResolver(names, true, NONE))
                        .build())
                .build()) {
            var address = "http://rebinding.example:" + first.getAddress().getPort() + "/";
            for (int i = 0; i < 2; i++) {
                String said = client.execute(new HttpGet(address), answer -> EntityUtils.toString(answer.getEntity()));
                assertThat(said).isEqualTo("judged");
            }
            assertThat(names.asked).as("asked once for one connection").isEqualTo(1);
        } finally {
            first.stop(0);
            second.stop(0);
        }
    }

    private static HttpServer server(String address, int port, String says) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(address, port), 0);
        server.createContext("/", exchange -> {
            var bytes = says.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void namesOfPrivateNetworksAreNotEvenLookedUp() {
        for (var name : List.of("localhost", "LOCALHOST.", "a.localhost", "metadata.google.internal", "nas.local")) {
            var names = new Names("1.1.1.1");
            assertThatThrownBy(() -> new GuardedResolver(names, false, NONE).resolve(name, 443))
                    .isInstanceOf(PrivateAddressRefused.class);
            assertThat(names.asked).isZero();
        }
    }
}
