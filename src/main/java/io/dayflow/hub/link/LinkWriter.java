package io.dayflow.hub.link;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;

/** Writes a {@link WriteSet}, one batch a table. */
@Component
class LinkWriter {

    private static final String INSERT_ITEM = """
            insert into hub.item (id, user_id, kind, fields, edited, revision, uid, match_key, origin, deleted_at)
            values (:id, :user, :kind, :fields::jsonb, :edited::jsonb, :revision, :uid, :matchKey, :origin, :deletedAt)
            """;
    private static final String UPDATE_ITEM = """
            update hub.item set fields = :fields::jsonb, edited = :edited::jsonb, revision = :revision, uid = :uid,
                match_key = :matchKey, deleted_at = :deletedAt, updated_at = now()
            where id = :id
            """;
    private static final String INSERT_LINK = """
            insert into hub.link (id, item_id, connection_id, collection_id, external_id, part, version, base, intent, extras,
                verified, zone, state, gone_at, pending, parked_revision, attempts, not_before, delete_allowed)
            values (:id, :item, :connection, :collection, :externalId, :part, :version, :base::jsonb, :intent::jsonb, :extras,
                :verified, :zone, :state, :goneAt, :pending, :parkedRevision, :attempts, :notBefore, :deleteAllowed)
            """;
    private static final String UPDATE_LINK = """
            update hub.link set collection_id = :collection, external_id = :externalId, part = :part, version = :version,
                base = :base::jsonb, intent = :intent::jsonb, extras = :extras, verified = :verified, zone = :zone,
                state = :state, gone_at = :goneAt, pending = :pending, parked_revision = :parkedRevision,
                attempts = :attempts, not_before = :notBefore, delete_allowed = :deleteAllowed, updated_at = now()
            where id = :id
            """;
    private static final String OPEN_CONFLICT = """
            insert into hub.conflict (id, user_id, connection_id, item_id, link_id, kind, type, title, fields, detected_at)
            values (:id, :user, :connection, :item, :link, :kind, :type, :title, :fields::jsonb, :detectedAt)
            on conflict (link_id) where status = 'open'
            do update set type = excluded.type, title = excluded.title, fields = excluded.fields
            """;
    private static final String CLOSE_CONFLICT = """
            update hub.conflict set status = 'resolved', resolution = :resolution, resolved_by = coalesce(resolved_by, 'hub'),
                resolved_at = now()
            where link_id = :link and status = 'open'
            """;
    private static final String JOURNAL = """
            insert into hub.journal (at, user_id, job_id, item_id, connection_id, operation, before, after,
                item_before, item_after, cause)
            values (:at, :user, :job, :item, :connection, :operation, :before::jsonb, :after::jsonb,
                :itemBefore::jsonb, :itemAfter::jsonb, :cause)
            """;
    private static final String DEAD_LETTER = """
            insert into hub.dead_letter (id, user_id, connection_id, collection_id, job_id, item_id, link_id, direction,
                external_id, part, version, fault, message, payload, created_at, last_at)
            values (:id, :user, :connection, :collection, :job, :item, :link, :direction,
                :externalId, :part, :version, :fault, :message, :payload, :at, :at)
            on conflict (connection_id, direction, external_id, part) do update
            set version = excluded.version, fault = excluded.fault, message = excluded.message, payload = excluded.payload,
                job_id = excluded.job_id, link_id = excluded.link_id, item_id = excluded.item_id,
                attempts = hub.dead_letter.attempts + 1, last_at = excluded.last_at
            """;
    private static final String READABLE = """
            delete from hub.dead_letter
            where connection_id = :connection and direction = :direction and external_id = :externalId
            """;

    private final NamedParameterJdbcTemplate jdbc;

    LinkWriter(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void apply(WriteSet writes) {
        batch(INSERT_ITEM, writes.newItems(), LinkWriter::item);
        batch(UPDATE_ITEM, writes.items(), LinkWriter::item);
        batch(UPDATE_LINK, writes.links(), LinkWriter::link);
        batch(INSERT_LINK, writes.newLinks(), LinkWriter::link);
        batch(CLOSE_CONFLICT, List.copyOf(writes.closedConflicts().entrySet()), LinkWriter::closed);
        batch(OPEN_CONFLICT, writes.conflicts(), LinkWriter::conflict);
        batch(JOURNAL, writes.journal(), LinkWriter::entry);
        batch(READABLE, writes.readable(), LinkWriter::place);
        batch(DEAD_LETTER, writes.deadLetters(), LinkWriter::letter);
    }

    private <T> void batch(String sql, Collection<T> values, Function<T, MapSqlParameterSource> parameters) {
        if (!values.isEmpty()) {
            jdbc.batchUpdate(sql, values.stream().map(parameters).toArray(SqlParameterSource[]::new));
        }
    }

    private static MapSqlParameterSource item(StoredItem item) {
        return new MapSqlParameterSource("id", item.id())
                .addValue("user", item.userId())
                .addValue("kind", item.item().kind().id())
                .addValue("fields", Json.write(item.item().view()))
                .addValue("edited", Json.write((Object) item.edited()))
                .addValue("revision", item.revision())
                .addValue("uid", item.item().uid())
                .addValue("matchKey", JdbcLinkStore.matchKey(item.item()))
                .addValue("origin", item.origin())
                .addValue("deletedAt", timestamp(item.deletedAt()));
    }

    private static MapSqlParameterSource link(Link link) {
        return new MapSqlParameterSource("id", link.id())
                .addValue("item", link.itemId())
                .addValue("connection", link.connectionId())
                .addValue("collection", link.collectionId())
                .addValue("externalId", text(link.externalId()))
                .addValue("part", text(link.part()))
                .addValue("version", link.version())
                .addValue("base", Json.write(link.base()))
                .addValue("intent", Json.write(link.intent()))
                .addValue("extras", text(link.extras()))
                .addValue("verified", link.verified())
                .addValue("zone", link.zone())
                .addValue("state", link.state().id())
                .addValue("goneAt", timestamp(link.goneAt()))
                .addValue("pending", link.pending())
                .addValue("parkedRevision", link.parkedRevision())
                .addValue("attempts", link.attempts())
                .addValue("notBefore", timestamp(link.notBefore()))
                .addValue("deleteAllowed", link.deleteAllowed());
    }

    private static MapSqlParameterSource conflict(OpenConflict conflict) {
        return new MapSqlParameterSource("id", conflict.id())
                .addValue("user", conflict.userId())
                .addValue("connection", conflict.connectionId())
                .addValue("item", conflict.itemId())
                .addValue("link", conflict.linkId())
                .addValue("kind", conflict.kind().id())
                .addValue("type", conflict.type().id())
                .addValue("title", text(conflict.title()))
                .addValue("fields", Json.write(conflict.fields()))
                .addValue("detectedAt", timestamp(conflict.detectedAt()));
    }

    private static MapSqlParameterSource closed(Map.Entry<UUID, String> closed) {
        return new MapSqlParameterSource("link", closed.getKey()).addValue("resolution", closed.getValue());
    }

    private static MapSqlParameterSource entry(JournalEntry entry) {
        return new MapSqlParameterSource("at", timestamp(entry.at()))
                .addValue("user", entry.userId())
                .addValue("job", entry.jobId())
                .addValue("item", entry.itemId())
                .addValue("connection", entry.connectionId())
                .addValue("operation", entry.operation())
                .addValue("before", Json.write(entry.before()))
                .addValue("after", Json.write(entry.after()))
                .addValue("itemBefore", Json.write(entry.itemBefore()))
                .addValue("itemAfter", Json.write(entry.itemAfter()))
                .addValue("cause", entry.cause());
    }

    private static MapSqlParameterSource place(WriteSet.Place place) {
        return new MapSqlParameterSource("connection", place.connectionId())
                .addValue("direction", place.direction().id())
                .addValue("externalId", text(place.externalId()));
    }

    private static MapSqlParameterSource letter(DeadLetter letter) {
        return new MapSqlParameterSource("id", letter.id())
                .addValue("user", letter.userId())
                .addValue("connection", letter.connectionId())
                .addValue("collection", letter.collectionId())
                .addValue("job", letter.jobId())
                .addValue("item", letter.itemId())
                .addValue("link", letter.linkId())
                .addValue("direction", letter.direction().id())
                .addValue("externalId", text(letter.externalId()))
                .addValue("part", text(letter.part()))
                .addValue("version", letter.version())
                .addValue("fault", letter.fault())
                .addValue("message", text(letter.message()))
                .addValue("payload", text(letter.payload()))
                .addValue("at", timestamp(letter.at()));
    }

    /** PostgreSQL's text holds no NUL. */
    private static @Nullable String text(@Nullable String value) {
        return value == null ? null : value.replace("\u0000", "");
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }
}
