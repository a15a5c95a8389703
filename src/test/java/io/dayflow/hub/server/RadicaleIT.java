package io.dayflow.hub.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real Radicale. */
class RadicaleIT extends CalDavContract {

    @TempDir
    private static Path folder;

    private static @Nullable Radicale server;

    @BeforeAll
    static void start() {
        server = Radicale.start(folder);
    }

    @AfterAll
    static void close() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    URI baseUrl() {
        return server.baseUrl();
    }

    @Override
    DavClient client() {
        return server.client();
    }

    @Test
    void aStoppedServerRefusesAndComesBackWithItsDataAtTheSamePlace() {
        URI calendar = client().makeCalendar(server.home(), "kept", "Kept", "VEVENT");
        client().create(calendar.resolve("a.ics"), event("a", "A"));
        server.stop();
        assertThatThrownBy(() -> client().list(calendar)).isInstanceOf(UncheckedIOException.class);
        server.start();
        assertThat(client().list(calendar)).hasSize(1);
    }

    @Test
    void aChangedPasswordIsAskedForAtOnce() {
        DavClient before = client();
        server.user(Radicale.USER, "other");
        assertThatThrownBy(() -> before.home(server.baseUrl()))
                .asInstanceOf(type(DavException.class))
                .satisfies(e -> assertThat(e.status()).isEqualTo(401));
        assertThat(client().home(server.baseUrl())).isEqualTo(server.home());
        server.user(Radicale.USER, Radicale.PASSWORD);
    }
}
