package io.dayflow.hub.caldav;

import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import io.dayflow.hub.routing.CalDavSteps;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;

/** The routes of CalDAV as they are shipped, with a door of the test's own for calls. */
final class Routes implements AutoCloseable {

    private static final String DOOR = "door";
    private static final ProducerTemplate TEMPLATE = start().createProducerTemplate();

    private final Function<Call, Answer> door;
    final List<Call> calls = new ArrayList<>();
    final ConnectionRef connection;

    private Routes(ConnectionRef connection, Function<Call, Answer> door) {
        this.connection = connection;
        this.door = door;
    }

    /** For an address as typed, before an account is known. */
    static Routes to(String address, Function<Call, Answer> door) {
        return to(new ConnectionRef(UUID.randomUUID(), UUID.randomUUID(), "caldav", address, "", Map.of()), door);
    }

    static Routes to(ConnectionRef connection, Function<Call, Answer> door) {
        return new Routes(connection, door);
    }

    /** One context serves all tests: the exchanges bring their own doors. */
    private static DefaultCamelContext start() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry()
                .bind("caldav", new CalDavSteps(new CalendarObjects(new ICalendarText(), Clock.systemUTC())));
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:core.call").process(exchange -> {
                        Routes routes = exchange.getProperty(DOOR, Routes.class);
                        Call call = exchange.getMessage().getMandatoryBody(Call.class);
                        routes.calls.add(call);
                        exchange.getMessage().setBody(routes.door.apply(call));
                    });
                }
            });
            Path file = Path.of("routes/caldav/caldav.camel.yaml").toAbsolutePath();
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource("file:" + file));
            context.start();
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same routes for the account found. */
    ConnectionRef with(FoundAccount account) {
        return new ConnectionRef(
                connection.id(),
                connection.userId(),
                "caldav",
                account.address(),
                account.account(),
                account.endpoints());
    }

    FoundAccount connect() {
        return (FoundAccount) send("connect", connection, null, null);
    }

    @SuppressWarnings("unchecked")
    List<FoundCollection> collections(ConnectionRef of) {
        return (List<FoundCollection>) send("collections", of, null, null);
    }

    Listing list(ConnectionRef of, CollectionRef collection) {
        return (Listing) send("list", of, collection, null);
    }

    @SuppressWarnings("unchecked")
    List<Fetched> get(ConnectionRef of, CollectionRef collection, List<String> hrefs) {
        return (List<Fetched>) send("get", of, collection, hrefs);
    }

    Mapped map(ConnectionRef of, CollectionRef collection, Fetched object) {
        return (Mapped) send("map", of, collection, object);
    }

    Pushed push(String verb, ConnectionRef of, CollectionRef collection, Push push) {
        return (Pushed) send(verb, of, collection, push);
    }

    /** The methods of the calls since the last time, joined by blanks. */
    String methods() {
        String methods = calls.stream().map(Call::method).collect(Collectors.joining(" "));
        calls.clear();
        return methods;
    }

    private Object send(String verb, ConnectionRef of, @Nullable CollectionRef collection, @Nullable Object body) {
        Exchange result = TEMPLATE.request("direct:caldav." + verb, exchange -> {
            exchange.setProperty(DOOR, this);
            exchange.setVariable("connection", of);
            if (collection != null) {
                exchange.setVariable("collection", collection);
            }
            exchange.getMessage().setBody(body);
        });
        if (result.getException() instanceof CamelExecutionException e
                && e.getCause() instanceof FaultException fault) {
            throw fault;
        }
        if (result.getException() != null) {
            throw result.getException() instanceof RuntimeException e
                    ? e
                    : new IllegalStateException(result.getException());
        }
        if (!result.getMessage().getHeaders().isEmpty()) {
            throw new IllegalStateException(
                    "headers leak: " + result.getMessage().getHeaders());
        }
        if (result.getVariables().keySet().stream().anyMatch(name -> name.startsWith("caldav"))) {
            throw new IllegalStateException(
                    "variables stay: " + result.getVariables().keySet());
        }
        return result.getMessage().getBody();
    }

    static FaultException fault(int status) {
        String message = "answered " + status;
        return new FaultException(
                switch (status) {
                    case 401 -> new Fault.NeedsReconnect(message);
                    case 404, 410 -> new Fault.Gone(message);
                    case 408, 423, 425 -> new Fault.Transient(message);
                    default -> status >= 500 ? new Fault.Transient(message) : new Fault.Rejected(message);
                });
    }

    @Override
    public void close() {
        calls.clear();
    }
}
