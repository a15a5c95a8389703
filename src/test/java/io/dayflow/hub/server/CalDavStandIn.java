package io.dayflow.hub.server;

import static org.awaitility.Awaitility.await;

import io.dayflow.hub.sandbox.caldav.StandInCalendar;
import io.dayflow.hub.sandbox.caldav.StandInHandler;
import io.dayflow.hub.sandbox.caldav.StandInQuirks;
import io.dayflow.hub.sandbox.caldav.StandInReply;
import io.dayflow.hub.sandbox.caldav.StandInRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A CalDAV server inside the test that keeps its word until it is told to break it. It holds any number of calendars, records
 * every request, and misbehaves by {@link #fault} (the next requests) or by its other setters (until changed). User
 * {@value #USER} with password {@value #PASSWORD}. Thread-safe.
 */
public final class CalDavStandIn implements AutoCloseable {

    public static final String USER = "alice";
    public static final String PASSWORD = "secret";

    private final Map<String, StandInCalendar> calendars = new ConcurrentHashMap<>();
    private final StandInQuirks quirks = new StandInQuirks();
    private final StandInHandler handler = new StandInHandler(USER, calendars, quirks);
    private final List<ActiveFault> faults = new CopyOnWriteArrayList<>();
    private final List<StandInRequest> requests = new ArrayList<>();
    private final StandInHttp http = new StandInHttp(this::answer);
    private volatile String password = PASSWORD;

    private record ActiveFault(StandInFault fault, AtomicInteger left) {
        boolean takes(StandInRequest request) {
            return fault.matches().test(request) && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        }
    }

    private CalDavStandIn() {}

    /** A listening server without calendars. */
    public static CalDavStandIn start() {
        CalDavStandIn standIn = new CalDavStandIn();
        standIn.http.start();
        return standIn;
    }

    /** The address that a user would type. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + http.port() + "/dav/");
    }

    /** The calendar home. */
    public URI home() {
        return baseUrl().resolve(handler.home());
    }

    /** The address of a calendar. */
    public URI uri(StandInCalendar calendar) {
        return home().resolve(calendar.folder() + "/");
    }

    /** A client that is signed in with the password of now. */
    public DavClient client() {
        return new DavClient(USER, password);
    }

    /** A new, empty calendar; without components it takes events and tasks. */
    public StandInCalendar addCalendar(String folder, String displayName, String... components) {
        List<String> taken = components.length == 0 ? List.of("VEVENT", "VTODO") : Arrays.asList(components);
        StandInCalendar calendar = new StandInCalendar(folder, displayName, taken);
        calendars.put(folder, calendar);
        return calendar;
    }

    /** The calendar in this folder; refused when there is none. */
    public StandInCalendar calendar(String folder) {
        StandInCalendar calendar = calendars.get(folder);
        if (calendar == null) {
            throw new IllegalArgumentException("no calendar " + folder + " among " + calendars.keySet());
        }
        return calendar;
    }

    /** From now on only this password is right. */
    public void password(String other) {
        password = other;
    }

    /** Misbehaves so; among several faults that match a request, the one given first is taken. */
    public void fault(StandInFault fault) {
        faults.add(new ActiveFault(fault, new AtomicInteger(fault.times())));
    }

    /** Behaves again; the other setters keep their values. */
    public void clearFaults() {
        faults.clear();
    }

    /** Whether token walks exist; without them the reports and the sync-token are gone too. */
    public void syncCollection(boolean supported) {
        quirks.syncCollection(supported);
    }

    /** Cuts token walks into pages of so many rows with a 507 row at their ends (RFC 6578 section 3.6); 0 ends that. */
    public void pageLimit(int rows) {
        quirks.pageLimit(rows);
    }

    /** Changes what is stored by PUT (order, folding, a property more, LAST-MODIFIED), telling its ETag or not. */
    public void rewriteOnPut(boolean withEtag) {
        quirks.rewrite(withEtag ? StandInQuirks.Rewrite.WITH_ETAG : StandInQuirks.Rewrite.WITHOUT_ETAG);
    }

    /** Stores what is PUT as it is, and answers with the ETag. */
    public void keepOnPut() {
        quirks.rewrite(StandInQuirks.Rewrite.NO);
    }

    /** Everything has moved below this path, for example {@code "/new"}: other addresses are redirected with 308. */
    public void moveTo(String prefix) {
        quirks.prefix(prefix);
    }

    /** Refuses connections and cuts the open ones, until {@link #resume()} on the same port. */
    public void stop() {
        http.close();
    }

    public void resume() {
        http.start();
    }

    /** All requests since the start or the last {@link #forgetRequests()}, in the order of their arrival. */
    public List<StandInRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    public List<StandInRequest> requests(String method) {
        return requests().stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }

    /** The requests that change something. */
    public List<StandInRequest> writes() {
        return requests().stream().filter(StandInRequest::writes).toList();
    }

    public void forgetRequests() {
        synchronized (requests) {
            requests.clear();
        }
    }

    /** Waits for a request since the last {@link #forgetRequests()}, and returns the first that matches. */
    public StandInRequest awaitRequest(Duration limit, Predicate<StandInRequest> wanted) {
        return await("a request at the stand-in")
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> requests().stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    @Override
    public void close() {
        http.close();
    }

    private StandInReply answer(StandInRequest received) {
        synchronized (requests) {
            requests.add(received);
        }
        StandInFault.Effect effect = effect(received);
        StandInReply early = effect == null ? null : instead(effect);
        if (early != null) {
            return early;
        }
        if (!received.path().startsWith(quirks.prefix())) {
            return StandInReply.empty(308).with("Location", quirks.prefix() + received.path());
        }
        if (!signedIn(received)) {
            return StandInReply.empty(401).with("WWW-Authenticate", "Basic realm=\"stand-in\", charset=\"UTF-8\"");
        }
        StandInReply reply = handled(received);
        return effect == null ? reply : spoiled(effect, reply);
    }

    private StandInReply handled(StandInRequest received) {
        String path = received.path().substring(quirks.prefix().length());
        StandInRequest request = new StandInRequest(
                received.at(), received.nanos(), received.method(), path, received.headers(), received.body());
        try {
            return handler.handle(request);
        } catch (RuntimeException e) {
            return StandInReply.text(400, "text/plain", e.toString());
        }
    }

    private StandInFault.@Nullable Effect effect(StandInRequest request) {
        for (ActiveFault active : faults) {
            if (active.takes(request)) {
                if (active.fault().effect() instanceof StandInFault.Effect.Wait wait) {
                    LockSupport.parkNanos(wait.delay().toNanos());
                } else {
                    return active.fault().effect();
                }
            }
        }
        return null;
    }

    private static @Nullable StandInReply instead(StandInFault.Effect effect) {
        return switch (effect) {
            case StandInFault.Effect.Answer(int status, Map<String, String> headers, String body) ->
                new StandInReply(status, headers, body.getBytes(StandardCharsets.UTF_8), StandInReply.Ending.KEEP);
            case StandInFault.Effect.Cut() -> StandInReply.empty(200).ending(StandInReply.Ending.NOTHING);
            case StandInFault.Effect.Wait wait -> null;
            case StandInFault.Effect.CutHalfway half -> null;
            case StandInFault.Effect.LoseAnswer lose -> null;
            case StandInFault.Effect.BreakXml broken -> null;
            case StandInFault.Effect.HideEtag hide -> null;
        };
    }

    private static StandInReply spoiled(StandInFault.Effect effect, StandInReply reply) {
        return switch (effect) {
            case StandInFault.Effect.LoseAnswer lose -> reply.ending(StandInReply.Ending.NOTHING);
            case StandInFault.Effect.CutHalfway half -> reply.ending(StandInReply.Ending.HALF);
            case StandInFault.Effect.BreakXml broken ->
                reply.body(Arrays.copyOf(reply.body(), reply.body().length * 2 / 3));
            case StandInFault.Effect.HideEtag hide -> reply.without("ETag");
            case StandInFault.Effect.Answer answer -> reply;
            case StandInFault.Effect.Wait wait -> reply;
            case StandInFault.Effect.Cut cut -> reply;
        };
    }

    private boolean signedIn(StandInRequest request) {
        String right = Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        return ("Basic " + right).equals(request.header("authorization"));
    }
}
