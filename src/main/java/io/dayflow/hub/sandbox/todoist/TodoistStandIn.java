package io.dayflow.hub.sandbox.todoist;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.sandbox.FaultPlan;
import io.dayflow.hub.sandbox.RequestLog;
import io.dayflow.hub.sandbox.SandboxStore;
import io.dayflow.hub.sandbox.StandIn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Todoist, as its own user sees it, and the one way by which accounts are used: one at a time, stored, then told. */
final class TodoistStandIn implements StandIn {

    static final String SERVICE = "todoist";

    private static final int DEMO_ITEMS = 24;

    private final SandboxStore store;
    private final TodoistAccounts accounts;
    private final TodoistEvents events;
    private final FaultPlan faults;
    private final BooleanSupplier called;
    private final RequestLog requests = new RequestLog();
    private final Map<String, Allowance> allowances = new ConcurrentHashMap<>();

    TodoistStandIn(
            SandboxStore store,
            TodoistAccounts accounts,
            TodoistEvents events,
            FaultPlan faults,
            BooleanSupplier called) {
        this.store = store;
        this.accounts = accounts;
        this.events = events;
        this.faults = faults;
        this.called = called;
    }

    @Override
    public String service() {
        return SERVICE;
    }

    @Override
    public boolean called() {
        return called.getAsBoolean();
    }

    @Override
    public int demoItems() {
        return DEMO_ITEMS;
    }

    @Override
    public Opened open(int items) {
        var token = TodoistAccounts.newToken();
        var ledger = accounts.open(token);
        synchronized (ledger) {
            new MadeUpTasks(ledger).make(items);
            ledger.save(store);
            ledger.told();
        }
        return new Opened(ledger.account(), Map.of("token", token));
    }

    @Override
    public List<ObjectNode> items(String account) {
        var ledger = accounts.get(account);
        synchronized (ledger) {
            var canonical = new Canonical(ledger);
            return ledger.alive(Type.ITEM).stream().map(canonical::shown).toList();
        }
    }

    @Override
    public ObjectNode create(String account, ObjectNode fields) {
        return asUser(account, ledger -> {
            var canonical = new Canonical(ledger);
            var wish = canonical.wish(fields, Ledger.object());
            if (wish.list() != null) {
                wish.args().put("project_id", project(ledger, wish.list()));
            }
            wish.args().put("parent_id", wish.parent());
            var id = new Tasks(ledger).add(wish.args()).path("id").asText();
            if (Boolean.TRUE.equals(wish.done())) {
                new Tasks(ledger).close(id);
            }
            return canonical.shown(ledger.get(Type.ITEM, id));
        });
    }

    @Override
    public ObjectNode edit(String account, String id, ObjectNode fields) {
        return asUser(account, ledger -> {
            var canonical = new Canonical(ledger);
            var tasks = new Tasks(ledger);
            var before = ledger.alive(Type.ITEM, id);
            var wish = canonical.wish(fields, before);
            if (!wish.args().isEmpty()) {
                tasks.update(id, wish.args());
            }
            if (wish.parent() != null) {
                tasks.move(id, Ledger.object().put("parent_id", wish.parent()));
            } else if (wish.list() != null) {
                tasks.move(id, Ledger.object().put("project_id", project(ledger, wish.list())));
            }
            if (wish.done() != null && wish.done() != before.path("checked").asBoolean()) {
                if (wish.done()) {
                    tasks.close(id);
                } else {
                    tasks.reopen(id);
                }
            }
            return canonical.shown(ledger.get(Type.ITEM, id));
        });
    }

    @Override
    public void delete(String account, String id) {
        asUser(account, ledger -> {
            new Tasks(ledger).delete(id);
            return Ledger.object();
        });
    }

    @Override
    public void expireCursors(@Nullable String account) {
        for (var each : account == null ? accounts.all() : List.of(account)) {
            use(accounts.get(each), ledger -> {
                var user = ledger.user().deepCopy();
                user.put(TodoistAccounts.EPOCH, user.path(TodoistAccounts.EPOCH).asInt() + 1);
                ledger.put(Type.ACCOUNT, user);
                return user;
            });
        }
    }

    @Override
    public FaultPlan faults() {
        return faults;
    }

    @Override
    public RequestLog requests() {
        return requests;
    }

    /** The account of a token. */
    Optional<Ledger> withToken(String token) {
        return accounts.withToken(token);
    }

    /** @throws NotFound if there is none */
    Ledger account(String id) {
        return accounts.get(id);
    }

    /** Answers a request to the API. */
    Answer answer(Ledger account, Request request) {
        var allowance = allowances.computeIfAbsent(account.account(), a -> new Allowance());
        return use(account, ledger -> new Rest(ledger, allowance).answer(request));
    }

    private <T> T use(Ledger ledger, Function<Ledger, T> work) {
        synchronized (ledger) {
            try {
                return work.apply(ledger);
            } finally {
                events.tell(ledger.user(), stored(ledger));
            }
        }
    }

    /** What could not be stored is not there: the account is read again by its next user. */
    private List<Ledger.Event> stored(Ledger ledger) {
        try {
            ledger.save(store);
            return ledger.told();
        } catch (RuntimeException failed) {
            accounts.forget(ledger.account());
            throw failed;
        }
    }

    private ObjectNode asUser(String account, Function<Ledger, ObjectNode> work) {
        try {
            return use(accounts.get(account), work);
        } catch (ApiError refused) {
            if (refused.status() == 404) {
                throw new NotFound(String.valueOf(refused.getMessage()));
            }
            var extra = refused.body().path("error_extra");
            throw new InvalidRequest(
                    extra.path("argument").asText("item"),
                    extra.path("expected").asText(String.valueOf(refused.getMessage())));
        }
    }

    /** The project of that name, made where there is none. */
    private static String project(Ledger ledger, String name) {
        return ledger.alive(Type.PROJECT).stream()
                .filter(project -> project.path("name").asText().equals(name))
                .findFirst()
                .orElseGet(() -> new Places(ledger).addProject(Ledger.object().put("name", name)))
                .path("id")
                .asText();
    }
}
