package io.dayflow.hub.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.storage.Nul;
import java.sql.Types;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The audit trail: lines are added and read, never changed. Thread-safe. */
@Component
public class Audit {

    /** The attribute of a request that is refused before its thread knows by whom it is made: how lines name them. */
    public static final String ACTOR = Audit.class.getName() + ".actor";

    private static final String AN_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final AuditSearch search;

    Audit(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
        this.search = new AuditSearch(jdbc);
    }

    /** Who asks in this thread, as lines name it: not for whom, but who has proved to be somebody. */
    public static String actor() {
        return Origin.actor();
    }

    /**
     * Adds what whoever asks in this thread has done, in the caller's transaction where there is one. Without a request it
     * is the hub itself.
     *
     * @param owner whose thing it was done to
     * @param object as {@link AuditLine#object} makes it
     * @throws org.springframework.dao.DataAccessException if the database does not take it
     */
    public void record(
            Deed deed,
            @Nullable UUID owner,
            @Nullable String provider,
            @Nullable String object,
            Map<String, ?> detail) {
        record(new AuditLine(owner, actor(), deed.id(), provider, object, detail, null, null));
    }

    /**
     * Adds a line, in the caller's transaction where there is one. Address and agent, where it names none, are those of
     * the present request.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not take it
     */
    public void record(AuditLine line) {
        write(line.fromHere());
    }

    /**
     * Adds what the hub has done of its own accord, in the caller's transaction where there is one. Where a request is what
     * led to it, that one's address does not belong to it.
     */
    public void ofHub(
            Deed deed,
            @Nullable UUID owner,
            @Nullable String provider,
            @Nullable String object,
            Map<String, ?> detail) {
        write(new AuditLine(owner, AuditLine.HUB, deed.id(), provider, object, detail, null, null));
    }

    /** Adds a line as it is. */
    void write(AuditLine line) {
        jdbc.sql("""
                        insert into hub.audit (user_id, actor, action, provider, object, detail, remote, agent)
                        values (:user, :actor, :action, :provider, :object, :detail::jsonb, :remote, :agent)
                        """)
                .param("user", line.userId())
                .param("actor", line.actor())
                .param("action", line.action())
                .param("provider", line.provider())
                .param("object", line.object())
                .param("detail", text(line.detail()))
                .param("remote", line.remote())
                .param("agent", line.agent())
                .update();
    }

    /**
     * Adds a line about what was counted. Where an erasure has ended since then, it may be its user's: the line names nobody.
     *
     * @param since when counting began
     */
    void writeCounted(AuditLine line, Instant since, Map<String, ?> number) {
        jdbc.sql("""
                        insert into hub.audit (user_id, actor, action, provider, object, detail, remote, agent)
                        select case when not gone then cast(:user as uuid) end,
                               case when gone and :person then 'erased' else :actor end, :action, :provider,
                               case when not gone then :object end,
                               case when gone then '{}' else cast(:detail as jsonb) end || cast(:number as jsonb),
                               case when not gone then :remote end, case when not gone then :agent end
                        from (select hub.erased_since(:since)) as erased (gone)
                        """)
                .param("user", line.userId(), Types.OTHER)
                .param("person", line.actor().matches(AN_ID))
                .param("actor", line.actor())
                .param("action", line.action())
                .param("provider", line.provider(), Types.VARCHAR)
                .param("object", line.object(), Types.VARCHAR)
                .param("detail", text(line.detail()))
                .param("number", text(number))
                .param("remote", line.remote(), Types.VARCHAR)
                .param("agent", line.agent(), Types.VARCHAR)
                .param("since", Columns.parameter(since))
                .update();
    }

    /**
     * Lines, latest first.
     *
     * @param operator whether the caller sees all lines, and not only those about the own affairs
     */
    public Page<AuditCard> list(UUID userId, boolean operator, PageRequest request) {
        return search.list(AuditQuery.of(operator ? null : userId), request);
    }

    /**
     * Lines of a time, latest first.
     *
     * @param userId whose affairs; null for everybody's
     * @param from inclusive
     * @param to exclusive
     */
    public Page<AuditCard> list(@Nullable UUID userId, Instant from, Instant to, PageRequest request) {
        return search.list(new AuditQuery(userId, false, null, null, null, from, to, null), request);
    }

    /** How many lines of a time there are, by action; the parameters are those of the list. */
    public Map<String, Long> count(@Nullable UUID userId, Instant from, Instant to) {
        return jdbc
                .sql("""
                        select action, count(*) as lines from hub.audit
                        where (cast(:user as uuid) is null or user_id = :user) and at >= :from and at < :to
                        group by action order by action
                        """)
                .param("user", userId)
                .param("from", Columns.parameter(from))
                .param("to", Columns.parameter(to))
                .query((row, number) -> Map.entry(row.getString("action"), row.getLong("lines")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private String text(Map<String, ?> detail) {
        try {
            return Nul.outOfJson(json.writeValueAsString(detail));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an audit line's detail is texts and numbers by name", e);
        }
    }
}
