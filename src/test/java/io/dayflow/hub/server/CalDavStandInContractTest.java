package io.dayflow.hub.server;

import java.net.URI;
import org.junit.jupiter.api.AfterAll;

/** The contract on the stand-in: what the real servers do, it does. */
class CalDavStandInContractTest extends CalDavContract {

    private static final CalDavStandIn SERVER = CalDavStandIn.start();

    @AfterAll
    static void close() {
        SERVER.close();
    }

    @Override
    URI baseUrl() {
        return SERVER.baseUrl();
    }

    @Override
    DavClient client() {
        return SERVER.client();
    }
}
