package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Reads the body of a 207 (RFC 4918 section 13). */
final class Multistatus {

    private @Nullable String syncToken;

    private Multistatus() {}

    /**
     * Gives each row to {@code rows} as it is read.
     *
     * @return the {@code DAV:sync-token} beside the rows, or null
     * @throws io.dayflow.hub.provider.FaultException unreadable, if it is no multistatus
     */
    static @Nullable String read(Answer answer, Consumer<Row> rows) {
        if (answer.status() != 207) {
            throw Dav.unreadable("The server answered " + answer.status() + " where a multistatus was due");
        }
        Multistatus reading = new Multistatus();
        QName root = ElementReader.read(answer.body(), child -> reading.take(child, rows));
        if (!root.equals(Dav.MULTISTATUS)) {
            throw Dav.unreadable("The server answered with other XML than a multistatus");
        }
        return reading.syncToken;
    }

    static List<Row> rows(Answer answer) {
        List<Row> rows = new ArrayList<>();
        read(answer, rows::add);
        return rows;
    }

    private void take(Element child, Consumer<Row> rows) {
        if (child.name().equals(Dav.RESPONSE)) {
            Row.of(child).forEach(rows);
        } else if (child.name().equals(Dav.SYNC_TOKEN) && !child.value().isEmpty()) {
            syncToken = child.value();
        }
    }
}
