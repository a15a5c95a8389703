package io.dayflow.hub.sync;

import io.dayflow.hub.item.Kind;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.server.DayflowDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One DayFlow user, their account at a {@link ListService}, and the hub between, driven step by step by the test's thread. */
final class ListAccount implements AutoCloseable {

    private static final int PAGE = 50;
    private static final int ATTEMPTS = 4;

    final ListService service = new ListService();
    final DayflowDatabase dayflow;
    final UUID user;
    final UUID connection = UUID.randomUUID();

    private final ApplicationContext hub;
    private final JdbcClient jdbc;

    /** Connects, and selects these of the service's lists. */
    ListAccount(ApplicationContext hub, String settings, String... selected) {
        this.hub = hub;
        this.jdbc = hub.getBean(JdbcClient.class);
        this.dayflow = DayflowDatabase.ofUrl(hub.getEnvironment().getRequiredProperty("DATABASE_URL"));
        this.user = dayflow.createUser("UTC");
        jdbc.sql("""
                        insert into hub.connection (id, user_id, provider, display_name, account, settings, confirmed_at)
                        values (:id, :user, 'lists', 'Lists', :account, :settings::jsonb, now())
                        """)
                .param("id", connection)
                .param("user", user)
                .param("account", connection.toString())
                .param("settings", settings)
                .update();
        bean(CollectionStore.class).refresh(connection, service.collections());
        for (String list : selected) {
            select(list, true);
        }
    }

    void select(String list, boolean selected) {
        jdbc.sql("update hub.collection set selected = :selected where connection_id = :id and external_id = :list")
                .param("selected", selected)
                .param("id", connection)
                .param("list", list)
                .update();
    }

    // ---- what the routes do

    /** A run from its lease to its end; the status of its job. */
    String run() {
        return run("incremental");
    }

    String run(String mode) {
        return run(mode, false);
    }

    /** As {@link #run()}, up to the write; {@link #foreseen()} says what it found. */
    String preview() {
        return run("incremental", true);
    }

    private String run(String mode, boolean preview) {
        UUID job = UUID.randomUUID();
        jdbc.sql("""
                        insert into hub.job (id, connection_id, user_id, operation, mode, preview)
                        values (:id, :connection, :user, 'manual_sync', :mode, :preview)
                        """)
                .param("preview", preview)
                .param("id", job)
                .param("connection", connection)
                .param("user", user)
                .param("mode", mode)
                .update();
        return goOn();
    }

    /** Works on the job that is open, from its lease to its end; the job's status. */
    String goOn() {
        Runs runs = bean(Runs.class);
        Lease lease = bean(Leases.class).take("run:" + connection).orElseThrow();
        Run run = runs.begin(new Runs.RunLease(connection, lease)).orElseThrow();
        try {
            runs.takeCollections(run, service.collections());
            runs.plan(run).forEach(collection -> walk(run, runs.walk(run, collection)));
            if (run.sweeps()) {
                bean(Sweep.class).rows(run);
                runs.planAudit(run).forEach(collection -> walk(run, runs.audit(run, collection)));
            }
            if (run.preview()) {
                bean(Previews.class).end(run);
                bean(RunOutcomes.class).complete(run);
            } else if (!runs.settleDeletions(run)) {
                push(run.jobId());
                runs.obey(run);
                bean(RunOutcomes.class).complete(run);
            }
        } catch (FaultException e) {
            bean(RunOutcomes.class).failed(run, e.fault());
        } catch (RunStopped e) {
            bean(RunOutcomes.class).stopped(run, e);
        }
        return jdbc.sql("select status from hub.job where id = :id")
                .param("id", run.jobId())
                .query(String.class)
                .single();
    }

    private void walk(Run run, Walk walk) {
        CollectionRef collection = walk.collection();
        while (walk.hasMore()) {
            for (Walk.Chunk chunk : walk.next(service.list(walk.collection()), PAGE)) {
                bean(Runs.class).obey(run);
                List<Fetched> objects = new ArrayList<>(chunk.atHand());
                objects.addAll(service.get(chunk.fetch()));
                List<Mapped> checked = service.mapped(objects).stream()
                        .map(mapped -> bean(Inbound.class).checked(run.profile(), collection.kind(), mapped))
                        .toList();
                Page page = walk.page(chunk, checked, ListService.missing(objects));
                if (run.preview()) {
                    bean(Previews.class).page(run, collection, page);
                    continue;
                }
                walk.left(bean(Inbound.class).write(run.lease(), run.profile(), collection, page, run.jobId(), "sync"));
                bean(Runs.class).written(walk, chunk);
            }
        }
    }

    private void look(
            Lease lease, Profile profile, CollectionRef collection, List<Fetched> objects, @Nullable UUID job) {
        Page page = Page.ofRecent(service.mapped(objects), ListService.missing(objects));
        bean(Inbound.class).write(lease, profile, collection, page, job, "push");
    }

    /** Takes in what a webhook says of an object, apart from any run. */
    void hint(String id, String list) {
        hint(service.get(List.of(id)), list);
    }

    /** Takes in what a webhook brought, however long ago that was. */
    void hint(List<Fetched> objects, String list) {
        Lease lease = bean(Leases.class).take("hint:" + connection).orElseThrow();
        look(lease, profile(), collection(list), objects, null);
        bean(Leases.class).release(lease);
    }

    /** Takes in that a whole listing of a list did not name an object. */
    void absent(String id, String list) {
        Lease lease = bean(Leases.class).take("hint:" + connection).orElseThrow();
        Page page = Page.ofRecent(List.of(), Set.of(id));
        bean(Inbound.class).write(lease, profile(), collection(list), page, null, "sync");
        bean(Leases.class).release(lease);
    }

    /** Takes in what was changed in DayFlow, and pushes what is pending. */
    void push() {
        absorbDayflow();
        push(null);
    }

    void absorbDayflow() {
        boolean more = true;
        while (more) {
            more = bean(DayflowChanges.class).absorb();
        }
    }

    private void push(@Nullable UUID job) {
        Pushes pushes = bean(Pushes.class);
        Optional<Pushes.Batch> taken = pushes.take(connection, job);
        if (taken.isEmpty()) {
            return;
        }
        Pushes.Batch batch = taken.get();
        Set<UUID> tried = new HashSet<>();
        List<UUID> links = pushes.next(batch);
        while (tried.addAll(links)) {
            for (UUID link : links) {
                if (!pushes.begin(batch)) {
                    pushes.release(batch);
                    return;
                }
                push(batch, link);
            }
            links = pushes.next(batch);
        }
        pushes.release(batch);
    }

    /** As {@link #push()}, but the hub dies after the first write, before it hears the answer. */
    void pushAndDie() {
        absorbDayflow();
        Pushes pushes = bean(Pushes.class);
        Pushes.Batch batch = pushes.take(connection, null).orElseThrow();
        if (pushes.plan(batch, pushes.next(batch).getFirst()) instanceof PushTask.Write write) {
            service.write(write);
        }
        pushes.release(batch);
    }

    private void push(Pushes.Batch batch, UUID link) {
        Pushes pushes = bean(Pushes.class);
        try {
            PushTask task = pushes.plan(batch, link);
            for (int attempt = 1; attempt < ATTEMPTS && !(task instanceof PushTask.Nothing); attempt++) {
                switch (task) {
                    case PushTask.Write write ->
                        bean(PushOutcomes.class)
                                .confirm(batch, write, service.write(write))
                                .ifPresent(id -> look(batch, id, write.collection()));
                    case PushTask.Look look -> look(batch, look.externalId(), look.collection());
                    case PushTask.Nothing nothing -> {}
                }
                task = pushes.plan(batch, link);
            }
        } catch (FaultException e) {
            bean(PushOutcomes.class).failed(batch, link, e.fault());
        }
    }

    private void look(Pushes.Batch batch, String id, CollectionRef collection) {
        look(batch.lease(), batch.profile(), collection, service.get(List.of(id)), batch.jobId());
    }

    /** What failed may be tried again at once. */
    void retryNow() {
        jdbc.sql("update hub.link set not_before = null where connection_id = :id")
                .param("id", connection)
                .update();
        jdbc.sql("update hub.connection set not_before = null where id = :id")
                .param("id", connection)
                .update();
    }

    // ---- what became of it

    Map<String, Object> row(String title) {
        return dayflow.rowTitled("tasks", user, title);
    }

    UUID rowId(String title) {
        return (UUID) row(title).get("id");
    }

    void edit(String title, Map<String, ?> columns) {
        dayflow.update("tasks", rowId(title), columns);
    }

    /** The name of the row's category. */
    @Nullable
    String category(String title) {
        return jdbc.sql("select name from public.categories where id = :id")
                .param("id", row(title).get("category_id"))
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** The external id of the list that the object's link says it lives in, and the link's state. */
    String link(String id) {
        return jdbc.sql("""
                        select c.external_id || ' ' || l.state || case when l.pending then ' pending' else '' end
                        from hub.link l join hub.collection c on c.id = l.collection_id
                        where l.connection_id = :connection and l.external_id = :id
                        """)
                .param("connection", connection)
                .param("id", id)
                .query(String.class)
                .single();
    }

    List<Map<String, Object>> journal() {
        return dayflow.query("select * from hub.journal where user_id = ? order by id", user);
    }

    /** What previews of the connection found, as "operation: title note". */
    List<String> foreseen() {
        return jdbc.sql("""
                        select m.operation || ': ' || coalesce(nullif(m.title, ''), m.note) from hub.job_change m
                        join hub.job j on j.id = m.job_id where j.connection_id = :id order by m.seq
                        """).param("id", connection).query(String.class).list();
    }

    /** What a held job of the connection asks. */
    Optional<String> question() {
        return bean(JobStore.class).question(connection);
    }

    List<Map<String, Object>> conflicts() {
        return dayflow.query("select * from hub.conflict where user_id = ? order by detected_at", user);
    }

    List<Map<String, Object>> deadLetters() {
        return dayflow.query("select * from hub.dead_letter where user_id = ?", user);
    }

    /** The job that was asked for last. */
    UUID job() {
        return jdbc.sql("select id from hub.job where connection_id = :id order by requested_at desc, id desc limit 1")
                .param("id", connection)
                .query(UUID.class)
                .single();
    }

    /** A count of the last job. */
    long counted(String what) {
        return jdbc.sql("""
                        select coalesce((counts ->> :what)::bigint, 0) from hub.job
                        where connection_id = :id order by requested_at desc limit 1
                        """)
                .param("what", what)
                .param("id", connection)
                .query(Long.class)
                .single();
    }

    Profile profile() {
        return bean(Profiles.class).find(connection).orElseThrow().profile();
    }

    CollectionRef collection(String list) {
        return bean(CollectionStore.class).homes(connection, Kind.TASK).stream()
                .map(Homes.Home::collection)
                .filter(collection -> collection.externalId().equals(list))
                .findFirst()
                .orElseThrow();
    }

    private <T> T bean(Class<T> type) {
        return hub.getBean(type);
    }

    @Override
    public void close() {
        dayflow.close();
    }
}
