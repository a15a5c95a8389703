package io.dayflow.hub.routing;

import static io.dayflow.hub.routing.CallDoorContext.answer;
import static io.dayflow.hub.routing.CallDoorContext.call;
import static io.dayflow.hub.routing.CallDoorContext.connection;
import static io.dayflow.hub.routing.CallDoorContext.fault;
import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.call.AllowedAddresses;
import io.dayflow.hub.call.Credential;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.security.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Every way we know to write an address that only the hub can reach, typed by a user and named by a redirect: nothing
 * arrives there, and the user is told why. Plain http is allowed here, so that it is not what refuses them.
 */
@CamelSpringBootTest
@SpringBootTest(
        classes = CallDoorContext.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {CallDoorContext.PROPERTIES, "hub.security.allow-http=true"})
@Import(OutgoingAddressesTest.OneAllowed.class)
class OutgoingAddressesTest {

    private static volatile int allowedPort;

    /** Stands for a server of the public internet, to have one that can redirect. */
    @TestConfiguration
    static class OneAllowed {
        @Bean
        AllowedAddresses theServerThatRedirects() {
            return (host, port) -> host.equals("127.0.0.1") && port == allowedPort;
        }
    }

    @Autowired
    ProducerTemplate template;

    @Autowired
    CallDoorContext.Stored stored;

    private MisbehavingServer secret;
    private MisbehavingServer open;

    @BeforeEach
    void start() throws IOException {
        secret = new MisbehavingServer();
        open = new MisbehavingServer();
        allowedPort = open.uri("/").getPort();
    }

    @AfterEach
    void stop() {
        secret.close();
        open.close();
    }

    /** PORT is the port of a server on loopback that nobody may reach. */
    static Stream<String> addresses() {
        var loopback = Stream.of(
                "127.0.0.1",
                "127.1",
                "127.0.1",
                "127.9.8.7",
                "2130706433",
                "017700000001",
                "0177.0.0.1",
                "0177.0.0.01",
                "127.0.0.01",
                "00127.0.0.1",
                "0x7f000001",
                "0x7f.0.0.1",
                "0x7F.0x0.0x0.0x1",
                "0x7f.1",
                "127.0x1",
                "4294967297",
                "127.0.0.1.",
                "0.0.0.0",
                "0",
                "localhost",
                "LOCALHOST",
                "localhost.",
                "localhost..",
                "LocalHost.localdomain",
                "anything.localhost",
                "[::1]",
                "[0:0:0:0:0:0:0:1]",
                "[::]",
                "[::127.0.0.1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:ffff:7f00:0001]",
                "[::ffff:0:127.0.0.1]",
                "[64:ff9b::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b:1::7f00:1]",
                "[2002:7f00:1::]",
                "[2002:7f00:1::1]",
                "[2001:0:7f00:1::]",
                "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
                "[2a00:1450::5efe:7f00:1]",
                "[fe80::1%25lo]",
                "[fe80::1%lo]",
                "127.0.0.1%00.example.com",
                "127.0.0.1%2eexample.com",
                "①②⑦.⓪.⓪.①",
                "127。0。0。1",
                "user@127.0.0.1",
                "example.com@127.0.0.1",
                "example.com:80@127.0.0.1",
                "127.0.0.1#@example.com",
                "127.0.0.1\\@example.com");
        var elsewhere = Stream.of(
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.254",
                "192.168.0.1",
                "100.64.0.1",
                "100.127.255.254",
                "169.254.0.1",
                "169.254.169.254",
                "169.254.169.254.",
                "2852039166",
                "0xa9fea9fe",
                "0251.0376.0251.0376",
                "169.254.43518",
                "169.254.170.2",
                "168.63.129.16",
                "100.100.100.200",
                "192.0.0.8",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.19.255.254",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "metadata.google.internal",
                "METADATA.google.internal.",
                "metadata.azure.internal",
                "printer.local",
                "router.home.arpa",
                "[fd00:ec2::254]",
                "[fd20:ce::254]",
                "[::ffff:169.254.169.254]",
                "[::ffff:a9fe:a9fe]",
                "[64:ff9b::169.254.169.254]",
                "[2002:a9fe:a9fe::1]",
                "[2001:0:a9fe:a9fe::1]",
                "[fc00::1]",
                "[fdff::1]",
                "[fe80::1]",
                "[fec0::1]",
                "[ff02::1]",
                "[100::1]",
                "[2001:db8::1]",
                "[2001:10::1]",
                "[3fff::1]",
                "[5f00::1]",
                "[4000::1]");
        return Stream.concat(loopback, elsewhere)
                .flatMap(host -> Stream.of("http", "https").map(scheme -> {
                    int cut = host.indexOf('#') < 0 ? host.indexOf('\\') : host.indexOf('#');
                    return cut < 0
                            ? scheme + "://" + host + ":PORT/latest/"
                            : scheme + "://" + host.substring(0, cut) + ":PORT" + host.substring(cut) + "/latest/";
                }));
    }

    private static void assertTold(Fault fault) {
        assertThat(fault).isInstanceOf(Fault.Rejected.class);
        assertThat(fault.message())
                .containsAnyOf(
                        "leads to this machine or a private network, which is refused unless hub.security",
                        "where a cloud tells its machines their secrets",
                        "four decimal numbers",
                        "must not hold a user name",
                        "names no host that can be called");
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void noRequestGoesToAnAddressThatOnlyTheHubCanReach(String address) {
        URI uri;
        try {
            uri = new URI(address.replace("PORT", String.valueOf(secret.uri("/").getPort())));
        } catch (URISyntaxException noAddress) {
            return; // nothing that is called can be made of it
        }

        assertTold(fault(template, connection("single", uri), call("GET", uri, true)));

        assertThat(secret.seen).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void noRedirectLeadsThere(String address) {
        var target = address.replace("PORT", String.valueOf(secret.uri("/").getPort()));
        open.script("/", MisbehavingServer.status(302, "Location", ascii(target)));
        open.script("/307", MisbehavingServer.status(307, "Location", ascii(target)));
        var home = connection("single", open.uri("/"));
        stored.now.put(home.id(), new Credential.Bearer(Secret.of("hunter2")));

        for (var from : List.of("/", "/307")) {
            var fault = fault(template, home, call("PROPFIND", open.uri(from), true));
            if (!(fault instanceof Fault.Unreadable(var message) && message.contains("no address"))) {
                assertTold(fault);
            }
        }

        assertThat(open.seen).hasSize(2);
        assertThat(secret.seen).isEmpty();
    }

    /** A header holds no more. */
    private static String ascii(String address) {
        return address.replaceAll("[^\\x00-\\x7f]", "%E3%80%82");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://127.0.0.1/",
                "gopher://127.0.0.1:6379/_INFO",
                "jar:file:///x.jar!/",
                "//2130706433/",
                "data:text/plain,x",
                "javascript:alert(1)"
            })
    void noRedirectLeadsToAnotherScheme(String target) {
        open.script("/", MisbehavingServer.status(302, "Location", target));

        assertThat(fault(template, connection("single", open.uri("/")), call("GET", open.uri("/"), true)))
                .isInstanceOf(Fault.Rejected.class);

        assertThat(open.seen).hasSize(1);
    }

    /** What a server says must not be filled in with the hub's environment (CVE-2026-78164 of camel-http). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://{{env:HOME}}/",
                "http://{{env:HOME}}.example.org/",
                "http://%7B%7Benv:HOME%7D%7D/",
                "http://[fe80::1%25{{env:HOME}}]/",
                "http://{{env:HOME}}@127.0.0.1/",
                "/{{env:HOME}}"
            })
    void noPlaceholderIsFilledIn(String target) {
        open.script("/", MisbehavingServer.status(302, "Location", target));

        assertThat(fault(template, connection("single", open.uri("/")), call("GET", open.uri("/"), true)))
                .isInstanceOfAny(Fault.Rejected.class, Fault.Unreadable.class);

        assertThat(open.seen).hasSize(1);
        assertThat(secret.seen).isEmpty();
    }

    @Test
    void aPlaceholderInAPathIsSentAsItIs() throws Exception {
        var path = "/%7B%7Benv:HOME%7D%7D";
        open.script("/", MisbehavingServer.status(302, "Location", path));
        open.script(path, MisbehavingServer.status(204));

        assertThat(answer(template, connection("single", open.uri("/")), call("GET", open.uri("/"), true))
                        .status())
                .isEqualTo(204);
    }

    /** The server that stands for a public one moves on itself: to another port, or to a name that resolves to it. */
    @Test
    void credentialsAreDroppedWhereARedirectLeavesTheSite() throws Exception {
        var other = new MisbehavingServer();
        try (other) {
            ConnectionRef home = connection("single", open.uri("/"));
            stored.now.put(home.id(), new Credential.Bearer(Secret.of("hunter2")));
            open.script("/", MisbehavingServer.status(302, "Location", "/here"));
            open.script("/here", MisbehavingServer.status(200));

            answer(template, home, call("GET", open.uri("/"), true));

            assertThat(open.seen)
                    .hasSize(2)
                    .allSatisfy(seen -> assertThat(seen.headers()).containsEntry("authorization", "Bearer hunter2"));
            // the same host on another port is another site
            open.script(
                    "/",
                    MisbehavingServer.status(
                            302, "Location", other.uri("/there").toString()));
            other.script("/there", MisbehavingServer.status(200));
            other.script("/write", MisbehavingServer.status(201));
            assertThat(fault(template, home, call("GET", open.uri("/"), true)).message())
                    .contains("private network");
            assertThat(other.seen).isEmpty();
        }
    }
}
