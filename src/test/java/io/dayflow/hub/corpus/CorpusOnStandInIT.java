package io.dayflow.hub.corpus;

import io.dayflow.hub.server.CalDavStandIn;
import io.dayflow.hub.server.DavClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/** The files on a stand-in that keeps every one byte for byte, those too that real servers refuse or write down anew. */
class CorpusOnStandInIT extends CorpusContract {

    private CalDavStandIn standIn;

    @Override
    void startServer(Path folder) {
        standIn = CalDavStandIn.start();
    }

    @Override
    void stopServer() {
        if (standIn != null) {
            standIn.close();
        }
    }

    @Override
    URI server() {
        return standIn.baseUrl();
    }

    @Override
    URI home() {
        return standIn.home();
    }

    @Override
    DavClient client() {
        return standIn.client();
    }

    @Override
    Set<String> refused() {
        return Set.of();
    }
}
