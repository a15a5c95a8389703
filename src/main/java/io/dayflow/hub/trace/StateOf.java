package io.dayflow.hub.trace;

import io.dayflow.hub.connection.SyncDirection;
import io.dayflow.hub.trace.SideState.Word;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From what is stored to the one thing that keeps a side from agreement. Pure. */
final class StateOf {

    private StateOf() {}

    /** @param copy null where the item has none there, and none waits to be made */
    static SideState at(Facts.Known item, Facts.Connection connection, Facts.@Nullable Copy copy, Instant now) {
        if (connection.disconnectedAt() != null) {
            return is(connection, Word.DISCONNECTED, connection.disconnectedAt());
        }
        if (copy == null) {
            return withoutCopy(item, connection);
        }
        if (copy.state().equals("detached")) {
            boolean gone = item.deletedAt() != null && !copy.kept();
            return is(connection, gone ? Word.DELETED : Word.LEFT_ALONE, copy.goneAt());
        }
        if (copy.conflict() != null) {
            return is(connection, Word.CONFLICT, copy.conflict().detectedAt())
                    .in(copy.conflict().fields())
                    .about(copy.conflict().id(), null);
        }
        if (!connection.active()) {
            return is(connection, Word.PAUSED, null);
        }
        if (connection.status().equals("needs_reconnect")) {
            return is(connection, Word.NEEDS_RECONNECT, connection.troubleSince())
                    .saying(connection.trouble());
        }
        Facts.Letter letter = copy.letter();
        if (copy.quarantinedAt() != null) {
            return is(connection, Word.QUARANTINED, copy.quarantinedAt())
                    .in(copy.differing())
                    .saying(letter == null ? null : letter.message())
                    .about(null, letter == null ? null : letter.id());
        }
        if (letter != null && (letter.inbound() || !copy.pending() || copy.parked())) {
            return is(connection, letter.inbound() ? Word.UNREADABLE : Word.REFUSED, letter.at())
                    .in(copy.differing())
                    .saying(letter.message())
                    .about(null, letter.id());
        }
        boolean deleting = item.deletedAt() != null || copy.state().equals("gone");
        boolean agrees =
                copy.there() && copy.differing().isEmpty() && copy.state().equals("live");
        if (agrees && !deleting) {
            return is(connection, Word.IN_AGREEMENT, null).saying(copy.collection());
        }
        return unfinished(connection, copy, deleting, now).in(deleting ? List.of() : copy.differing());
    }

    private static SideState unfinished(Facts.Connection connection, Facts.Copy copy, boolean deleting, Instant now) {
        if (!connection.confirmed()) {
            return is(connection, Word.NOT_CONFIRMED, null);
        }
        if (deleting && connection.question() != null && !copy.deleteAllowed()) {
            return is(connection, Word.HELD, copy.goneAt()).saying(connection.question());
        }
        boolean outward = !copy.state().equals("gone");
        if (outward && connection.settings().syncDirection() == SyncDirection.ONE_WAY) {
            return is(connection, Word.ONE_WAY, null);
        }
        if (outward && copy.readOnly()) {
            return is(connection, Word.READ_ONLY, null).saying(copy.collection());
        }
        if (copy.parked()) {
            return is(connection, Word.REFUSED, copy.updatedAt());
        }
        if (connection.notBefore() != null && connection.notBefore().isAfter(now)) {
            return is(connection, Word.RATE_LIMITED, copy.updatedAt())
                    .until(connection.notBefore())
                    .saying(connection.trouble());
        }
        if (connection.settings().syncDirection() == SyncDirection.MANUAL) {
            return is(connection, Word.BY_HAND, copy.updatedAt());
        }
        Instant next = copy.notBefore() != null && copy.notBefore().isAfter(now) ? copy.notBefore() : null;
        return is(connection, Word.WAITING, copy.updatedAt())
                .until(next)
                .saying(copy.attempts() > 0 ? "tried " + copy.attempts() + " times" : connection.trouble());
    }

    private static SideState withoutCopy(Facts.Known item, Facts.Connection connection) {
        if (item.deletedAt() != null) {
            return is(connection, Word.DELETED, item.deletedAt());
        }
        if (!connection.active()) {
            return is(connection, Word.PAUSED, null);
        }
        var settings = connection.settings();
        if (!connection.kinds().contains(item.item().kind())
                || !settings.syncs(item.item().kind())) {
            return is(connection, Word.KIND_OFF, null);
        }
        if (settings.syncDirection() == SyncDirection.ONE_WAY) {
            return is(connection, Word.ONE_WAY, null);
        }
        if (!settings.exportNew().wants(item.item())) {
            return is(connection, Word.NOT_EXPORTED, null)
                    .saying(settings.exportNew().json().toString());
        }
        if (!connection.writable()) {
            return is(connection, Word.NO_COLLECTION, null);
        }
        return is(connection, Word.OLDER, item.createdAt());
    }

    private static SideState is(Facts.Connection connection, Word word, @Nullable Instant since) {
        return SideState.of(connection.id().toString(), connection.name(), word, since);
    }
}
