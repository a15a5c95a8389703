package io.dayflow.hub.corpus;

import io.dayflow.hub.server.DavClient;
import io.dayflow.hub.server.Radicale;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/** The files on Radicale, which refuses what it cannot parse; laid into its storage, such a file breaks its whole calendar. */
class CorpusOnRadicaleIT extends CorpusContract {

    private Radicale radicale;

    @Override
    void startServer(Path folder) {
        radicale = Radicale.start(folder);
    }

    @Override
    void stopServer() {
        if (radicale != null) {
            radicale.close();
        }
    }

    @Override
    URI server() {
        return radicale.baseUrl();
    }

    @Override
    URI home() {
        return radicale.home();
    }

    @Override
    DavClient client() {
        return radicale.client();
    }

    @Override
    Set<String> refused() {
        return Set.of("03", "04", "08", "09", "15", "16", "18", "21", "22", "23", "24", "27");
    }
}
