package io.dayflow.hub.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.security.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallTest {

    private static final URI ADDRESS = URI.create("https://dav.example.com/alice/?token=hush");

    @Test
    void headersOfCredentialsFramingAndSeveralLinesAreRefused() {
        for (String name : new String[] {"Authorization", "COOKIE", "Host", "Content-Length", "Bad Name", ""}) {
            assertThatThrownBy(() -> call("GET", Map.of(name, "x"))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> call("GET", Map.of("Depth", "1\r\nX: y")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call("get", Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call("GET /x", Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingThatIsLoggedShowsQueriesBodiesOrSecrets() {
        assertThat(call("GET", Map.of())).hasToString("Call[GET dav.example.com]");
        assertThat(new Answer(200, Map.of("X", "y"), "hush".getBytes(), ADDRESS))
                .hasToString("Answer[200, 4 bytes]");
        assertThat(new Credential.Basic("alice", Secret.of("hush")).toString()).doesNotContain("hush");
        assertThat(new Credential.Bearer(Secret.of("hush")).toString()).doesNotContain("hush");
    }

    private static Call call(String method, Map<String, String> headers) {
        return new Call(method, ADDRESS, headers, null, Set.of(), true);
    }
}
