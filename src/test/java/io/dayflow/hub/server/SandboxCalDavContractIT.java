package io.dayflow.hub.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.HubCalls;
import io.dayflow.hub.sandbox.SandboxHub;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The contract on the sandbox's calendar server, on the hub's own port. */
@SandboxHub
class SandboxCalDavContractIT extends CalDavContract {

    @LocalServerPort
    int port;

    private URI url = URI.create("http://127.0.0.1/");
    private DavClient client = new DavClient("", "");

    @BeforeEach
    void open() throws JsonProcessingException {
        var hub = new HubCalls(port);
        var opened = hub.post(hub.to("/sandbox/caldav/accounts"), "{\"items\": 0}");
        JsonNode credentials = new ObjectMapper().readTree(opened.body()).path("credentials");
        url = URI.create(credentials.path("url").asText());
        client = new DavClient(
                credentials.path("username").asText(),
                credentials.path("password").asText());
    }

    @Override
    URI baseUrl() {
        return url;
    }

    @Override
    DavClient client() {
        return client;
    }
}
