package io.dayflow.hub.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.audit.Audit;
import io.dayflow.hub.audit.AuditLine;
import io.dayflow.hub.audit.Deed;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells the audit trail what was changed about a connection, from what to what. What stays as it is, is not told. */
@Component
class ChangeTrail {

    private static final int LONGEST = 200;

    private final Audit audit;

    ChangeTrail(Audit audit) {
        this.audit = audit;
    }

    record About(UUID userId, UUID connectionId, String provider) {}

    /** Settings hold no secrets: those are credentials, and elsewhere. */
    void settings(About about, ObjectNode before, ObjectNode after) {
        var names = new TreeSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        var changed = new TreeMap<String, Map<String, String>>();
        for (var name : names) {
            if (!before.path(name).equals(after.path(name))) {
                changed.put(name, Map.of("from", text(before.path(name)), "to", text(after.path(name))));
            }
        }
        if (!changed.isEmpty()) {
            record(Deed.SETTINGS_CHANGED, about, changed);
        }
    }

    void selected(About about, SortedMap<String, Boolean> changed) {
        if (!changed.isEmpty()) {
            record(Deed.COLLECTIONS_SELECTED, about, changed);
        }
    }

    void switched(About about, boolean before, boolean after) {
        if (before != after) {
            record(after ? Deed.CONNECTION_SWITCHED_ON : Deed.CONNECTION_SWITCHED_OFF, about, Map.of());
        }
    }

    void renamed(About about, String before, @Nullable String after) {
        if (after != null && !after.equals(before)) {
            record(Deed.CONNECTION_RENAMED, about, Map.of("from", before, "to", after));
        }
    }

    private void record(Deed deed, About about, Map<String, ?> detail) {
        audit.record(
                deed, about.userId(), about.provider(), AuditLine.object("connection", about.connectionId()), detail);
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        var text = value.isTextual() ? value.asText() : value.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
