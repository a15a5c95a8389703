package io.dayflow.hub.caldav;

import io.dayflow.hub.server.DavClient;
import io.dayflow.hub.server.Xandikos;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Without any authentication. */
class XandikosRoutesIT extends CalDavRoutesContract {

    private static Xandikos server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = Xandikos.start(folder);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
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
        return new HttpDoor(null);
    }
}
