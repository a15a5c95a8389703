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

    @Override
    Set<String> refusedFromTheHub() {
        // they have no UID, or no VCALENDAR around them
        return Set.of("08", "15", "18");
    }

    /** Past its door, which lets no file in that the standard forbids. */
    @Override
    void store(URI object, String text) {
        Path path = Path.of(object.getPath());
        standIn.calendar(path.getParent().getFileName().toString())
                .put(path.getFileName().toString(), text);
    }
}
