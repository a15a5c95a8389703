package io.dayflow.hub.server;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real Xandikos. */
class XandikosIT extends CalDavContract {

    @TempDir
    private static Path folder;

    private static @Nullable Xandikos server;

    @BeforeAll
    static void start() {
        server = Xandikos.start(folder);
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

    @Override
    boolean keepsComponents() {
        return false;
    }
}
