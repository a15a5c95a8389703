package io.dayflow.hub.corpus;

import io.dayflow.hub.server.DavClient;
import io.dayflow.hub.server.Xandikos;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** The files on Xandikos, which refuses little. */
class CorpusOnXandikosIT extends CorpusContract {

    private Xandikos xandikos;

    @Override
    void startServer(Path folder) {
        xandikos = Xandikos.start(folder);
    }

    @Override
    void stopServer() {
        if (xandikos != null) {
            xandikos.close();
        }
    }

    @Override
    URI server() {
        return xandikos.baseUrl();
    }

    @Override
    URI home() {
        return xandikos.home();
    }

    @Override
    DavClient client() {
        return xandikos.client();
    }

    @Override
    Set<String> refused() {
        return Set.of("23", "27");
    }

    @Override
    Map<String, String> otherReasons() {
        // it writes down times anew, and what is no time as None
        return Map.of("24", "its start (DTSTART) \"None\" is no date and no time");
    }
}
