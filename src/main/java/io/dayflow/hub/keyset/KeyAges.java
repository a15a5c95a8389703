package io.dayflow.hub.keyset;

import io.dayflow.hub.security.Vault;
import io.dayflow.hub.storage.Columns;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table hub.sealing_key_age. */
@Component
class KeyAges {

    private final JdbcClient jdbc;
    private final Clock clock;

    KeyAges(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record Age(Instant since, @Nullable Instant replacedAt) {}

    /** Takes down what is new: keys, and which of them seals. */
    void remember(List<Vault.Key> keys) {
        for (var key : keys) {
            jdbc.sql("""
                            insert into hub.sealing_key_age as known (key_id, first_seen, replaced_at)
                            values (:id, :now, case when :primary then null else cast(:now as timestamptz) end)
                            on conflict (key_id) do update
                            set replaced_at = case when :primary then null else cast(:now as timestamptz) end
                            where (known.replaced_at is null) <> :primary
                            """)
                    .param("id", key.id())
                    .param("primary", key.primary())
                    .param("now", Columns.parameter(clock.instant()))
                    .update();
        }
    }

    Map<Long, Age> all() {
        return jdbc
                .sql("select key_id, first_seen, replaced_at from hub.sealing_key_age")
                .query((row, number) -> Map.entry(
                        row.getLong("key_id"),
                        new Age(Columns.instant(row, "first_seen"), Columns.instantOrNull(row, "replaced_at"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void forget(long id) {
        jdbc.sql("delete from hub.sealing_key_age where key_id = :id")
                .param("id", id)
                .update();
    }
}
