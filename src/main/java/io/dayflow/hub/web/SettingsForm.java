package io.dayflow.hub.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.connection.ConnectionCard;
import io.dayflow.hub.connection.ExportNew;
import io.dayflow.hub.connection.SyncDirection;
import java.util.Map;

/**
 * The settings that a page offers, as they stand in its form.
 *
 * @param exportNew {@code all}, {@code none}, or {@code matching} for a filter that only the REST interface can set
 */
public record SettingsForm(
        String displayName,
        boolean autoSync,
        String syncInterval,
        String syncDirection,
        String conflictResolution,
        String deletePolicy,
        String exportNew) {

    private static final String MATCHING = "matching";

    static SettingsForm of(ConnectionCard card) {
        var settings = card.settings();
        return new SettingsForm(
                card.displayName(),
                settings.autoSync(),
                Integer.toString(settings.syncInterval()),
                settings.syncDirection().id(),
                settings.conflictResolution().id(),
                settings.deletePolicy().id(),
                switch (settings.exportNew()) {
                    case ExportNew.All all -> "all";
                    case ExportNew.None none -> "none";
                    case ExportNew.Matching matching -> MATCHING;
                });
    }

    static SettingsForm typed(Map<String, String> typed) {
        return new SettingsForm(
                typed.getOrDefault("displayName", ""),
                typed.containsKey("autoSync"),
                typed.getOrDefault("syncInterval", "").strip(),
                typed.getOrDefault("syncDirection", ""),
                typed.getOrDefault("conflictResolution", ""),
                typed.getOrDefault("deletePolicy", ""),
                typed.getOrDefault("exportNew", ""));
    }

    /** Only what differs from how the connection is, in the words of the use case, which judges it. */
    ObjectNode patch(ConnectionCard card) {
        var before = of(card);
        var patch = JsonNodeFactory.instance.objectNode();
        if (autoSync != before.autoSync) {
            patch.put("autoSync", autoSync);
        }
        if (!syncInterval.equals(before.syncInterval)) {
            if (syncInterval.matches("[0-9]{1,9}")) {
                patch.put("syncInterval", Integer.parseInt(syncInterval));
            } else {
                patch.put("syncInterval", syncInterval);
            }
        }
        put(patch, "syncDirection", before.syncDirection, syncDirection);
        put(patch, "conflictResolution", before.conflictResolution, conflictResolution);
        put(patch, "deletePolicy", before.deletePolicy, deletePolicy);
        if (!exportNew.equals(MATCHING)) {
            put(patch, "exportNew", before.exportNew, exportNew);
        }
        return patch;
    }

    private static void put(ObjectNode patch, String name, String before, String now) {
        if (!now.equals(before)) {
            patch.put(name, now);
        }
    }

    /** Whether scheduled runs are possible at all. */
    public boolean isScheduled() {
        return !syncDirection.equals(SyncDirection.MANUAL.id());
    }
}
