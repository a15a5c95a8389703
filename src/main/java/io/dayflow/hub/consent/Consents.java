package io.dayflow.hub.consent;

import io.dayflow.hub.paging.Cursor;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.paging.PageRequest;
import io.dayflow.hub.storage.Columns;
import io.dayflow.hub.storage.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table hub.consent. Methods that write take part in the caller's transaction. Thread-safe. */
@Component
public class Consents {

    /** Of the text {@code consent.text} that the pages show before anything is connected. It changes with the text. */
    public static final String TEXT_VERSION = "2026-11";

    private static final int MOST = 500;
    private static final String ALL = """
            select id, connection_id, provider, account, kind, scopes, text_version, given_at, given_by, remote, agent,
                   ended_at, ended
            from hub.consent where user_id = :user
            """;

    private final JdbcClient jdbc;
    private final Ids ids;
    private final Clock clock;

    Consents(JdbcClient jdbc, Ids ids, Clock clock) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
    }

    /** How access was allowed. */
    public enum Kind {
        /** At the service, with scopes. */
        OAUTH2,
        /** By typing a token or a password here; the scopes are then the fields' names. */
        CREDENTIALS;

        String id() {
            return this == OAUTH2 ? "oauth2" : "credentials";
        }
    }

    /**
     * Notes that the person of the request allows access now. A consent to the same connection that holds is renewed.
     *
     * @param scopes what was granted; never a secret
     */
    public void give(
            UUID userId, UUID connectionId, String provider, String account, Kind kind, Collection<String> scopes) {
        end(userId, connectionId, "renewed");
        var origin = Origin.current(userId.toString());
        jdbc.sql("""
                        insert into hub.consent (id, user_id, connection_id, provider, account, kind, scopes, text_version,
                                                 given_at, given_by, remote, agent)
                        values (:id, :user, :connection, :provider, :account, :kind, :scopes, :version, :now, :by,
                                :remote, :agent)
                        """)
                .param("id", ids.get())
                .param("user", userId)
                .param("connection", connectionId)
                .param("provider", provider)
                .param("account", account)
                .param("kind", kind.id())
                .param("scopes", scopes.toArray(String[]::new))
                .param("version", TEXT_VERSION)
                .param("now", Columns.parameter(clock.instant()))
                .param("by", origin.by())
                .param("remote", origin.remote())
                .param("agent", origin.agent())
                .update();
    }

    /** The person takes it back. Nothing happens where there is none. */
    public void withdraw(UUID userId, UUID connectionId) {
        end(userId, connectionId, "withdrawn");
    }

    private void end(UUID userId, UUID connectionId, String how) {
        jdbc.sql("""
                        update hub.consent set ended_at = :now, ended = :how
                        where connection_id = :connection and user_id = :user and ended_at is null
                        """)
                .param("now", Columns.parameter(clock.instant()))
                .param("how", how)
                .param("connection", connectionId)
                .param("user", userId)
                .update();
    }

    /** The user's consents, latest first, ended ones too. */
    public Page<ConsentCard> list(UUID userId, PageRequest request) {
        var after = request.after();
        var rows = jdbc.sql(ALL + """
                        and (cast(:afterId as uuid) is null
                             or (given_at, id) < (cast(:afterAt as timestamptz), :afterId))
                        order by given_at desc, id desc limit :fetch
                        """)
                .param("user", userId)
                .param("afterId", after == null ? null : after.id())
                .param("afterAt", after == null ? null : after.at().toString())
                .param("fetch", request.fetch())
                .query((row, number) -> card(row))
                .list();
        return Page.of(rows, request, consent -> Cursor.of(consent.givenAt(), consent.consentId()));
    }

    /** The user's consents, latest first, ended ones too; at most the last {@value #MOST}. */
    public List<ConsentCard> list(UUID userId) {
        return jdbc.sql(ALL + "order by given_at desc, id desc limit " + MOST)
                .param("user", userId)
                .query((row, number) -> card(row))
                .list();
    }

    /** Those to one connection, latest first. */
    public List<ConsentCard> list(UUID userId, UUID connectionId) {
        return jdbc.sql(ALL + "and connection_id = :connection order by given_at desc, id desc limit " + MOST)
                .param("user", userId)
                .param("connection", connectionId)
                .query((row, number) -> card(row))
                .list();
    }

    private static ConsentCard card(ResultSet row) throws SQLException {
        return new ConsentCard(
                Columns.id(row, "id"),
                Columns.idOrNull(row, "connection_id"),
                row.getString("provider"),
                row.getString("account"),
                row.getString("kind"),
                List.of((String[]) row.getArray("scopes").getArray()),
                row.getString("text_version"),
                Columns.instant(row, "given_at"),
                row.getString("given_by"),
                row.getString("remote"),
                row.getString("agent"),
                Columns.instantOrNull(row, "ended_at"),
                row.getString("ended"));
    }
}
