package io.dayflow.hub.link;

import io.dayflow.hub.security.SealedPayloads;
import io.dayflow.hub.storage.Nul;
import io.dayflow.hub.storage.RowInsert;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes a {@link WriteSet}, one statement or one batch a table. */
@Component
class LinkWriter {

    private static final RowInsert<StoredItem> NEW_ITEMS = RowInsert.<StoredItem>into("hub.item")
            .column("id", "uuid", StoredItem::id)
            .column("user_id", "uuid", StoredItem::userId)
            .column("kind", "text", item -> item.item().kind().id())
            .column("fields", "jsonb", item -> Json.write(item.item().view()))
            .column("edited", "jsonb", item -> Json.write((Object) item.edited()))
            .column("revision", "bigint", StoredItem::revision)
            .column("uid", "text", item -> Nul.outOfOrNull(item.item().uid()))
            .column("match_key", "text", item -> Nul.outOf(JdbcLinkStore.matchKey(item.item())))
            .column("origin", "uuid", StoredItem::origin)
            .column("deleted_at", "timestamptz", StoredItem::deletedAt)
            .build();
    private static final String UPDATE_ITEM = """
            update hub.item set fields = :fields::jsonb, edited = :edited::jsonb, revision = :revision, uid = :uid,
                match_key = :matchKey, deleted_at = :deletedAt, updated_at = now()
            where id = :id
            """;
    private static final RowInsert<Link> NEW_LINKS = RowInsert.<Link>into("hub.link")
            .column("id", "uuid", Link::id)
            .column("item_id", "uuid", Link::itemId)
            .column("connection_id", "uuid", Link::connectionId)
            .column("collection_id", "uuid", Link::collectionId)
            .column("external_id", "text", link -> Nul.outOf(link.externalId()))
            .column("part", "text", link -> Nul.outOf(link.part()))
            .column("version", "text", link -> Nul.outOfOrNull(link.version()))
            .column("base", "jsonb", link -> Json.write(link.base()))
            .column("intent", "jsonb", link -> Json.write(link.intent()))
            .column("extras", "text", link -> Nul.outOfOrNull(link.extras()))
            .column("verified", "boolean", Link::verified)
            .column("zone", "text", Link::zone)
            .column("state", "text", link -> link.state().id())
            .column("gone_at", "timestamptz", Link::goneAt)
            .column("pending", "boolean", Link::pending)
            .column("parked_revision", "bigint", Link::parkedRevision)
            .column("attempts", "integer", Link::attempts)
            .column("not_before", "timestamptz", Link::notBefore)
            .column("delete_allowed", "boolean", Link::deleteAllowed)
            .column("quarantined_at", "timestamptz", Link::quarantinedAt)
            .column("trail", "jsonb", LinkWriter::trail)
            .build();
    private static final String UPDATE_LINK = """
            update hub.link set collection_id = :collection, external_id = :externalId, part = :part, version = :version,
                base = :base::jsonb, intent = :intent::jsonb, extras = :extras, verified = :verified, zone = :zone,
                state = :state, gone_at = :goneAt, pending = :pending, parked_revision = :parkedRevision,
                attempts = :attempts, not_before = :notBefore, delete_allowed = :deleteAllowed, updated_at = now(),
                trail = :trail::jsonb, quarantined_at = :quarantinedAt,
                learnt = case when (version, base, state) is distinct from (:version, :base::jsonb, :state)
                    then nextval('hub.tick') else learnt end
            where id = :id
            """;
    private static final RowInsert<JournalEntry> JOURNAL = RowInsert.<JournalEntry>into("hub.journal")
            .column("at", "timestamptz", JournalEntry::at)
            .column("user_id", "uuid", JournalEntry::userId)
            .column("job_id", "uuid", JournalEntry::jobId)
            .column("item_id", "uuid", JournalEntry::itemId)
            .column("connection_id", "uuid", JournalEntry::connectionId)
            .column("operation", "text", JournalEntry::operation)
            .column("before", "jsonb", entry -> Json.write(entry.before()))
            .column("after", "jsonb", entry -> Json.write(entry.after()))
            .column("item_before", "jsonb", entry -> Json.write(entry.itemBefore()))
            .column("item_after", "jsonb", entry -> Json.write(entry.itemAfter()))
            .column("cause", "text", JournalEntry::cause)
            .build();
    private final RowInsert<JournalEntry> sealedJournal = RowInsert.<JournalEntry>into("hub.journal")
            .column("at", "timestamptz", JournalEntry::at)
            .column("user_id", "uuid", JournalEntry::userId)
            .column("job_id", "uuid", JournalEntry::jobId)
            .column("item_id", "uuid", JournalEntry::itemId)
            .column("connection_id", "uuid", JournalEntry::connectionId)
            .column("operation", "text", JournalEntry::operation)
            .column("sealed", "bytea", this::sealed)
            .column("cause", "text", JournalEntry::cause)
            .build();
    private static final String DEAD_LETTER = """
            insert into hub.dead_letter (id, user_id, connection_id, collection_id, job_id, item_id, link_id, direction,
                external_id, part, version, fault, message, payload, sealed, created_at, last_at)
            values (:id, :user, :connection, :collection, :job, :item, :link, :direction,
                :externalId, :part, :version, :fault, :message, :payload, :sealed, :at, :at)
            on conflict (connection_id, direction, external_id, part) do update
            set version = excluded.version, fault = excluded.fault, message = excluded.message, payload = excluded.payload,
                sealed = excluded.sealed, collection_id = excluded.collection_id, job_id = excluded.job_id,
                link_id = excluded.link_id, item_id = excluded.item_id, attempts = hub.dead_letter.attempts + 1,
                last_at = excluded.last_at
            """;
    private static final String READABLE = """
            delete from hub.dead_letter
            where connection_id = :connection and direction = :direction and external_id = any(:externalIds)
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final SealedPayloads payloads;
    private final ConflictWriter conflicts;

    LinkWriter(JdbcClient jdbc, NamedParameterJdbcTemplate batches, SealedPayloads payloads, ConflictWriter conflicts) {
        this.jdbc = jdbc;
        this.conflicts = conflicts;
        this.payloads = payloads;
        this.batches = batches;
    }

    void apply(WriteSet writes) {
        NEW_ITEMS.insert(jdbc, writes.newItems());
        batch(UPDATE_ITEM, writes.items(), LinkWriter::item);
        batch(UPDATE_LINK, writes.links(), LinkWriter::link);
        NEW_LINKS.insert(jdbc, writes.newLinks());
        conflicts.write(writes);
        (payloads.wanted() ? sealedJournal : JOURNAL).insert(jdbc, writes.journal());
        readable(writes.readable());
        batch(DEAD_LETTER, writes.deadLetters(), this::letter);
    }

    /** One statement for each connection and direction, which is nearly always one. */
    private void readable(List<WriteSet.Place> places) {
        Map<WriteSet.Place, List<String>> ids = new LinkedHashMap<>();
        for (WriteSet.Place place : places) {
            ids.computeIfAbsent(
                            new WriteSet.Place(place.connectionId(), place.direction(), ""), side -> new ArrayList<>())
                    .add(Nul.outOf(place.externalId()));
        }
        ids.forEach((side, externalIds) -> jdbc.sql(READABLE)
                .param("connection", side.connectionId())
                .param("direction", side.direction().id())
                .param("externalIds", externalIds.toArray(String[]::new))
                .update());
    }

    private <T> void batch(String sql, Collection<T> values, Function<T, MapSqlParameterSource> parameters) {
        if (!values.isEmpty()) {
            batches.batchUpdate(sql, values.stream().map(parameters).toArray(SqlParameterSource[]::new));
        }
    }

    private static MapSqlParameterSource item(StoredItem item) {
        return new MapSqlParameterSource("id", item.id())
                .addValue("fields", Json.write(item.item().view()))
                .addValue("edited", Json.write((Object) item.edited()))
                .addValue("revision", item.revision())
                .addValue("uid", Nul.outOfOrNull(item.item().uid()))
                .addValue("matchKey", Nul.outOf(JdbcLinkStore.matchKey(item.item())))
                .addValue("deletedAt", timestamp(item.deletedAt()));
    }

    private static MapSqlParameterSource link(Link link) {
        return new MapSqlParameterSource("id", link.id())
                .addValue("collection", link.collectionId())
                .addValue("externalId", Nul.outOf(link.externalId()))
                .addValue("part", Nul.outOf(link.part()))
                .addValue("version", Nul.outOfOrNull(link.version()))
                .addValue("base", Json.write(link.base()))
                .addValue("intent", Json.write(link.intent()))
                .addValue("extras", Nul.outOfOrNull(link.extras()))
                .addValue("verified", link.verified())
                .addValue("zone", link.zone())
                .addValue("state", link.state().id())
                .addValue("goneAt", timestamp(link.goneAt()))
                .addValue("pending", link.pending())
                .addValue("parkedRevision", link.parkedRevision())
                .addValue("attempts", link.attempts())
                .addValue("notBefore", timestamp(link.notBefore()))
                .addValue("deleteAllowed", link.deleteAllowed())
                .addValue("trail", trail(link))
                .addValue("quarantinedAt", timestamp(link.quarantinedAt()));
    }

    private MapSqlParameterSource letter(DeadLetter letter) {
        String payload = Nul.outOfOrNull(letter.payload());
        byte @Nullable [] sealed = payload == null || !payloads.wanted() ? null : sealed(letter, payload);
        return new MapSqlParameterSource("id", letter.id())
                .addValue("user", letter.userId())
                .addValue("connection", letter.connectionId())
                .addValue("collection", letter.collectionId())
                .addValue("job", letter.jobId())
                .addValue("item", letter.itemId())
                .addValue("link", letter.linkId())
                .addValue("direction", letter.direction().id())
                .addValue("externalId", Nul.outOf(letter.externalId()))
                .addValue("part", Nul.outOf(letter.part()))
                .addValue("version", Nul.outOfOrNull(letter.version()))
                .addValue("fault", letter.fault())
                .addValue("message", Nul.outOf(letter.message()))
                .addValue("payload", sealed == null ? payload : null)
                .addValue("sealed", sealed, Types.BINARY)
                .addValue("at", timestamp(letter.at()));
    }

    private byte[] sealed(DeadLetter letter, String payload) {
        return payloads.seal(
                payload,
                SealedPayloads.deadLetter(
                        letter.connectionId(),
                        letter.direction().id(),
                        Nul.outOf(letter.part()),
                        Nul.outOf(letter.externalId())));
    }

    /** In the form in which PostgreSQL reads bytes. */
    private String sealed(JournalEntry entry) {
        var context = SealedPayloads.journal(entry.itemId(), entry.jobId(), entry.connectionId(), entry.operation());
        return "\\x" + HexFormat.of().formatHex(payloads.seal(Json.payload(entry), context));
    }

    private static @Nullable String trail(Link link) {
        List<Turn> turns = link.trail().turns();
        return turns.isEmpty() ? null : Json.write((Object) turns);
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }
}
