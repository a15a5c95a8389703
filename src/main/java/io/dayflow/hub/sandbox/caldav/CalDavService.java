package io.dayflow.hub.sandbox.caldav;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.sandbox.FaultPlan;
import io.dayflow.hub.sandbox.RequestLog;
import io.dayflow.hub.sandbox.SandboxAddress;
import io.dayflow.hub.sandbox.SandboxStore;
import io.dayflow.hub.sandbox.StandIn;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The calendar server, as its own users see it. Of a password only its digest is kept. */
final class CalDavService implements StandIn {

    static final String SERVICE = "caldav";
    static final String PREFIX = "/sandbox/caldav";

    private static final int DEMO_ITEMS = 16;
    private static final String ACCOUNT = "account";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SandboxStore store;
    private final SandboxAddress address;
    private final Clock clock;
    private final FaultPlan faults = new FaultPlan();
    private final RequestLog requests = new RequestLog();
    private final Map<String, CalDavAccount> accounts = new ConcurrentHashMap<>();
    private final Map<String, String> byPassword = new ConcurrentHashMap<>();

    CalDavService(SandboxStore store, SandboxAddress address, Clock clock) {
        this.store = store;
        this.address = address;
        this.clock = clock;
    }

    @Override
    public String service() {
        return SERVICE;
    }

    /** The address of a calendar server is the account's own. */
    @Override
    public boolean called() {
        return true;
    }

    @Override
    public int demoItems() {
        return DEMO_ITEMS;
    }

    @Override
    public Opened open(int items) {
        var id = "user-" + HexFormat.of().formatHex(random(5));
        var password = HexFormat.of().formatHex(random(10));
        var account = new CalDavAccount(id, PREFIX);
        account.add("personal", "Personal", "VEVENT");
        account.add("work", "Work", "VEVENT");
        account.add("tasks", "To do", "VTODO");
        new MadeUpCalendar(account.calendars(), clock.instant(), ZoneId.systemDefault()).make(items);
        var own = JsonNodeFactory.instance.objectNode().put("password", digest(password));
        account.save(store, new SandboxStore.Row(ACCOUNT, id, 1, own));
        accounts.put(id, account);
        var url = address.base().resolve(PREFIX + StandInHandler.ROOT).toString();
        return new Opened(id, Map.of("url", url, "username", id, "password", password));
    }

    @Override
    public List<ObjectNode> items(String account) {
        return use(account, own -> own.objects().stream().map(this::shown).toList());
    }

    @Override
    public ObjectNode create(String account, ObjectNode fields) {
        return use(account, own -> {
            var component = component(fields);
            var uid = UUID.randomUUID().toString();
            var object = IcsText.create(component, uid, CanonicalObject.stamp(clock.instant()));
            CanonicalObject.write(object, fields, clock.instant());
            var calendar = calendar(own, fields.path("list").textValue(), component);
            calendar.put(uid + ".ics", object.toString());
            return shown(own.object(uid));
        });
    }

    @Override
    public ObjectNode edit(String account, String id, ObjectNode fields) {
        return use(account, own -> {
            var found = own.object(id);
            var object = found.object();
            CanonicalObject.write(object, fields, clock.instant());
            var list = fields.path("list").textValue();
            var target = list == null ? found.calendar() : calendar(own, list, object.isTask() ? "VTODO" : "VEVENT");
            if (target != found.calendar()) {
                found.calendar().remove(found.name());
            }
            target.put(found.name(), object.toString());
            return shown(own.object(id));
        });
    }

    @Override
    public void delete(String account, String id) {
        use(account, own -> {
            var found = own.object(id);
            found.calendar().remove(found.name());
            return found;
        });
    }

    @Override
    public void expireCursors(@Nullable String account) {
        for (var each : account == null ? store.accounts(SERVICE) : List.of(account)) {
            use(each, own -> {
                own.calendars().values().forEach(StandInCalendar::expireTokens);
                return own;
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

    /** The account of that name, if the password is right. */
    Optional<String> signedIn(String user, String password) {
        var account = byPassword.computeIfAbsent(
                digest(password),
                digest -> store.accountWhere(SERVICE, "password", digest).orElse(null));
        return user.equals(account) ? Optional.of(user) : Optional.empty();
    }

    /** Whether there is an account of that name. */
    boolean knows(String account) {
        return accounts.computeIfAbsent(account, this::load) != null;
    }

    StandInReply answer(String account, StandInRequest request) {
        return use(account, own -> own.handle(request));
    }

    private <T> T use(String account, Function<CalDavAccount, T> work) {
        var own = accounts.computeIfAbsent(account, this::load);
        if (own == null) {
            throw new NotFound("The sandbox has no such account.");
        }
        synchronized (own) {
            var result = work.apply(own);
            try {
                own.save(store, null);
            } catch (RuntimeException failed) {
                accounts.remove(account);
                throw failed;
            }
            return result;
        }
    }

    private @Nullable CalDavAccount load(String account) {
        var rows = store.load(SERVICE, account);
        return rows.isEmpty() ? null : CalDavAccount.of(account, PREFIX, rows);
    }

    private ObjectNode shown(CalDavAccount.Found found) {
        var shown = CanonicalObject.shown(found.object());
        shown.put("list", found.calendar().displayName());
        shown.putObject("native")
                .put("calendar", found.calendar().folder())
                .put("name", found.name())
                .put("etag", found.calendar().etag(found.name()))
                .put("data", found.calendar().text(found.name()));
        return shown;
    }

    private static String component(ObjectNode fields) {
        return switch (fields.path("kind").asText("event")) {
            case "event" -> "VEVENT";
            case "task" -> "VTODO";
            default -> throw new InvalidRequest("kind", "takes event or task");
        };
    }

    /** The calendar of that name, or the first one, that takes such objects. */
    private static StandInCalendar calendar(CalDavAccount account, @Nullable String name, String component) {
        return account.calendars().values().stream()
                .filter(calendar -> calendar.components().contains(component))
                .filter(calendar -> name == null || calendar.displayName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest("list", "takes the name of a calendar that holds such items"));
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String digest(String password) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
