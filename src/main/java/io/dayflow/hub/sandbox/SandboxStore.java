package io.dayflow.hub.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps what the stand-ins hold in PostgreSQL, in a schema of its own, so that an account goes on after the hub was killed.
 * One row per object.
 */
public final class SandboxStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 1_000;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;

    /** An object: {@code type} and {@code id} name it within its account. */
    public record Row(String type, String id, long version, JsonNode body) {}

    /** The name of an object. */
    public record Key(String type, String id) {}

    /** Makes the schema where it is missing. */
    public SandboxStore(JdbcTemplate jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        jdbc.execute("create schema if not exists sandbox");
        jdbc.execute("""
                create table if not exists sandbox.object (
                    service text   not null,
                    account text   not null,
                    type    text   not null,
                    id      text   not null,
                    version bigint not null,
                    body    jsonb  not null,
                    primary key (service, account, type, id))""");
        jdbc.execute("create index if not exists object_account on sandbox.object (service) where type = 'account'");
    }

    /** Everything that an account holds, the oldest version first. */
    public List<Row> load(String service, String account) {
        return jdbc.query(
                "select type, id, version, body from sandbox.object where service = ? and account = ? order by version",
                (row, n) -> new Row(row.getString(1), row.getString(2), row.getLong(3), parse(row.getString(4))),
                service,
                account);
    }

    /** The account whose row of the type {@code account} has this text in this field. */
    public Optional<String> accountWhere(String service, String field, String text) {
        return jdbc
                .queryForList(
                        "select account from sandbox.object"
                                + " where service = ? and type = 'account' and body ->> ? = ?",
                        String.class,
                        service,
                        field,
                        text)
                .stream()
                .findFirst();
    }

    public List<String> accounts(String service) {
        return jdbc.queryForList(
                "select account from sandbox.object where service = ? and type = 'account'", String.class, service);
    }

    /** Stores and removes in one transaction. */
    public void save(String service, String account, Collection<Row> changed, Collection<Key> removed) {
        transactions.executeWithoutResult(status -> {
            jdbc.batchUpdate(
                    "delete from sandbox.object where service = ? and account = ? and type = ? and id = ?",
                    removed,
                    BATCH,
                    (statement, key) -> {
                        statement.setString(1, service);
                        statement.setString(2, account);
                        statement.setString(3, key.type());
                        statement.setString(4, key.id());
                    });
            jdbc.batchUpdate(
                    "insert into sandbox.object (service, account, type, id, version, body)"
                            + " values (?, ?, ?, ?, ?, ?::jsonb) on conflict (service, account, type, id)"
                            + " do update set version = excluded.version, body = excluded.body",
                    changed,
                    BATCH,
                    (statement, row) -> {
                        statement.setString(1, service);
                        statement.setString(2, account);
                        statement.setString(3, row.type());
                        statement.setString(4, row.id());
                        statement.setLong(5, row.version());
                        statement.setString(6, row.body().toString());
                    });
        });
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL keeps no broken JSON", e);
        }
    }
}
