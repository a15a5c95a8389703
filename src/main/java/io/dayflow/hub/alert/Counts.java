package io.dayflow.hub.alert;

import static java.util.stream.Collectors.groupingBy;

import io.dayflow.hub.alert.Signals.Tally;
import io.dayflow.hub.storage.Columns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What all instances counted, in tenths of each rule's window, and the alerts that follow. However many signals a few seconds
 * brought, they are a few statements. Where a rule has too many open alerts, what is new is one more, about all. Thread-safe.
 */
@Component
class Counts {

    private static final int SLICES = 10;
    private static final int MOST_OPEN = 500;

    private static final String COUNT = """
            insert into hub.alert_count as c (rule, subject, bucket, count, first_at)
            select * from unnest(?::text[], ?::text[], ?::timestamptz[], ?::bigint[], ?::timestamptz[])
            on conflict (rule, subject, bucket) do update set count = c.count + excluded.count
            """;

    private static final String RAISE = """
            with told as (
                select * from unnest(?::text[], ?::text[], ?::uuid[], ?::text[], ?::bigint[], ?::bigint[],
                                     ?::timestamptz[], ?::timestamptz[], ?::uuid[])
                    as t (rule, subject, user_id, severity, threshold, count, since, last_at, id)),
            going_on as (
                update hub.alert a set count = a.count + t.count, last_at = greatest(a.last_at, t.last_at) from told t
                where a.rule = t.rule and a.subject = t.subject and a.status = 'open'
                returning a.rule, a.subject)
            insert into hub.alert as a (id, rule, subject, user_id, severity, count, first_at, last_at)
            select t.id, t.rule, t.subject,
                   coalesce((select u.id from public.users u where u.id = t.user_id),
                            (select k.user_id from hub.account k
                             where t.rule = 'sign_in_account' and lower(k.name) = lower(t.subject)),
                            (select u.id from public.users u
                             where t.rule = 'sign_in_account' and lower(u.email) = lower(t.subject) limit 1)),
                   t.severity, w.count, w.first_at, t.last_at
            from told t, lateral (select sum(c.count) as count, min(c.first_at) as first_at from hub.alert_count c
                                  where c.rule = t.rule and c.subject = t.subject and c.bucket >= t.since) w
            where w.count >= t.threshold
              and not exists (select from going_on g where g.rule = t.rule and g.subject = t.subject)
            on conflict (rule, subject) where status = 'open'
            do update set count = greatest(a.count, excluded.count), last_at = greatest(a.last_at, excluded.last_at)
            """;

    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Supplier<UUID> ids;

    Counts(JdbcTemplate template, JdbcClient jdbc, TransactionTemplate transaction, Clock clock, Supplier<UUID> ids) {
        this.template = template;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.ids = ids;
    }

    void add(List<Tally> seen) {
        transaction.executeWithoutResult(status -> {
            // one after the other, so that of two that reach a threshold together the later one sees it
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:key, 0))")
                    .param("key", "alert-counts")
                    .query()
                    .listOfRows();
            List<Tally> tallies = apart(ofPeople(seen));
            write(
                    COUNT,
                    tallies,
                    List.of(
                            Column.text(tally -> tally.watch().rule().id()),
                            Column.text(Tally::subject),
                            Column.time(Counts::slice),
                            Column.number(Tally::count),
                            Column.time(Tally::first)));
            write(
                    RAISE,
                    tallies,
                    List.of(
                            Column.text(tally -> tally.watch().rule().id()),
                            Column.text(Tally::subject),
                            Column.id(Tally::userId),
                            Column.text(tally -> tally.watch().severity().id()),
                            Column.number(tally -> (long) tally.watch().threshold()),
                            Column.number(Tally::count),
                            Column.time(
                                    tally -> tally.last().minus(tally.watch().window())),
                            Column.time(Tally::last),
                            Column.id(tally -> ids.get())));
        });
    }

    /** Forgets counts that no window looks back to, and alerts that were acknowledged long ago. */
    void forget(Duration keep) {
        jdbc.sql("delete from hub.alert_count where bucket < :past")
                .param("past", Columns.parameter(clock.instant().minus(AlertSettings.LONGEST)))
                .update();
        jdbc.sql("delete from hub.alert where status = 'acknowledged' and acknowledged_at < :past")
                .param("past", Columns.parameter(clock.instant().minus(keep)))
                .update();
    }

    /** Of users who are gone meanwhile nothing is kept: what another instance counted of them may come late. */
    private List<Tally> ofPeople(List<Tally> seen) {
        Set<UUID> there = new HashSet<>(jdbc.sql("select id from public.users where id = any(:ids::uuid[])")
                .param(
                        "ids",
                        seen.stream()
                                .map(Tally::userId)
                                .filter(Objects::nonNull)
                                .map(UUID::toString)
                                .distinct()
                                .toArray(String[]::new))
                .query(UUID.class)
                .list());
        return seen.stream()
                .filter(tally -> tally.userId() == null || there.contains(tally.userId()))
                .toList();
    }

    /** In one order everywhere, so that two instances do not wait for each other; where there are too many, as one. */
    private List<Tally> apart(List<Tally> seen) {
        Set<String> crowded = new HashSet<>(
                jdbc.sql("select rule from hub.alert where status = 'open' group by rule having count(*) >= :most")
                        .param("most", MOST_OPEN)
                        .query(String.class)
                        .list());
        return seen.stream()
                .map(tally -> crowded.contains(tally.watch().rule().id()) ? tally.as(Signals.MANY) : tally)
                .collect(groupingBy(tally -> List.of(tally.watch().rule().id(), tally.subject())))
                .values()
                .stream()
                .map(same -> same.stream().reduce(Tally::and).orElseThrow())
                .sorted(Comparator.comparing((Tally tally) -> tally.watch().rule())
                        .thenComparing(Tally::subject))
                .toList();
    }

    private static Instant slice(Tally tally) {
        long length = Math.max(1, tally.watch().window().toSeconds() / SLICES);
        return Instant.ofEpochSecond(tally.last().getEpochSecond() / length * length);
    }

    private record Column(String type, Function<Tally, @Nullable Object> value) {

        static Column text(Function<Tally, String> value) {
            return new Column("text", value::apply);
        }

        static Column number(Function<Tally, Long> value) {
            return new Column("bigint", value::apply);
        }

        static Column time(Function<Tally, Instant> value) {
            return new Column("timestamptz", tally -> value.apply(tally).toString());
        }

        static Column id(Function<Tally, @Nullable UUID> value) {
            return new Column("uuid", value::apply);
        }
    }

    private void write(String sql, List<Tally> tallies, List<Column> columns) {
        template.update(sql, statement -> {
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                statement.setArray(
                        i + 1,
                        statement
                                .getConnection()
                                .createArrayOf(
                                        column.type(),
                                        tallies.stream().map(column.value()).toArray()));
            }
        });
    }
}
