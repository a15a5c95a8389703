package io.dayflow.hub.caldav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.server.DavClient;
import io.dayflow.hub.server.Radicale;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RadicaleRoutesIT extends CalDavRoutesContract {

    private static Radicale server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = Radicale.start(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aWrongPasswordNeedsItsUser() {
        try (Routes routes = Routes.to(server.baseUrl().toString(), new HttpDoor("alice:wrong"))) {
            assertThatThrownBy(routes::connect)
                    .isInstanceOfSatisfying(
                            FaultException.class, e -> assertThat(e.getKind()).isEqualTo("needs_reconnect"));
        }
    }

    @Override
    URI address() {
        return server.baseUrl();
    }

    @Override
    URI home() {
        return server.home();
    }

    @Override
    DavClient client() {
        return server.client();
    }

    @Override
    HttpDoor door() {
        return new HttpDoor(Radicale.USER + ":" + Radicale.PASSWORD);
    }
}
