package io.dayflow.hub.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dayflow.hub.call.Answer;
import io.dayflow.hub.call.Call;
import io.dayflow.hub.mapping.CallOutput;
import io.dayflow.hub.mapping.Given;
import io.dayflow.hub.mapping.Inputs;
import io.dayflow.hub.mapping.InvalidMapping;
import io.dayflow.hub.mapping.MalformedJson;
import io.dayflow.hub.mapping.MappingFailed;
import io.dayflow.hub.mapping.Mappings;
import io.dayflow.hub.mapping.Outcome;
import io.dayflow.hub.mapping.Outputs;
import io.dayflow.hub.provider.CollectionRef;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.Fetched;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Hint;
import io.dayflow.hub.provider.Listing;
import io.dayflow.hub.provider.Mapped;
import io.dayflow.hub.provider.Push;
import io.dayflow.hub.provider.Pushed;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The bean {@code jq}: runs a document on the body and reads its output. Each method takes the document's name, relative to
 * the routes folder. What goes wrong is an unreadable fault; only {@link #mapped} throws what went wrong as it is, for it to
 * become a dead letter.
 */
public class JqSteps {

    /** Holds status and headers of the last {@link Answer} that a document was given. */
    static final String ANSWER = "answer";

    static final String PUSH = "push";
    static final String STATE = "state";

    private final Mappings mappings;
    private final Clock clock;

    public JqSteps(Mappings mappings, Clock clock) {
        this.mappings = mappings;
        this.clock = clock;
    }

    /** Whatever the document outputs. */
    public JsonNode value(String document, Exchange exchange) {
        return read(document, exchange, Outcome::value);
    }

    /** For conditions: the document outputs true or false. */
    public boolean test(String document, Exchange exchange) {
        return read(document, exchange, Outcome::flag);
    }

    /** A request for {@code direct:core.call}. */
    public Call call(String document, Exchange exchange) {
        return read(document, exchange, outcome -> CallOutput.read(outcome, connection(exchange)));
    }

    public FoundAccount account(String document, Exchange exchange) {
        return read(document, exchange, outcome -> Outputs.account(outcome, connection(exchange)));
    }

    public List<FoundCollection> collections(String document, Exchange exchange) {
        return read(document, exchange, Outputs::collections);
    }

    public Listing listing(String document, Exchange exchange) {
        return read(document, exchange, Outputs::listing);
    }

    public List<Fetched> fetched(String document, Exchange exchange) {
        return read(document, exchange, Outputs::fetched);
    }

    /** The body is the {@link Fetched}, or what a route made of the one in the variable {@code object}. */
    public Mapped mapped(String document, Exchange exchange) {
        Fetched object = exchange.getMessage().getBody() instanceof Fetched body
                ? body
                : Variables.get(exchange, "object", Fetched.class);
        CollectionRef collection = Variables.get(exchange, Variables.COLLECTION, CollectionRef.class);
        return Outputs.mapped(run(document, exchange), object, collection.kind());
    }

    public Pushed pushed(String document, Exchange exchange) {
        return read(document, exchange, outcome -> Outputs.pushed(outcome, clock.instant()));
    }

    public List<Hint> hints(String document, Exchange exchange) {
        return read(document, exchange, Outputs::hints);
    }

    private <T> T read(String document, Exchange exchange, Function<Outcome, T> reader) {
        try {
            return reader.apply(run(document, exchange));
        } catch (MappingFailed | InvalidMapping | MalformedJson e) {
            throw new FaultException(new Fault.Unreadable(String.valueOf(e.getMessage())), e);
        }
    }

    private Outcome run(String document, Exchange exchange) {
        return mappings.get(document).run(input(exchange), given(exchange));
    }

    private static JsonNode input(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (!(body instanceof Answer answer)) {
            return Inputs.of(body);
        }
        exchange.setVariable(ANSWER, Inputs.meta(answer));
        ParsedAnswer parsed = exchange.getProperty(ParsedAnswer.PROPERTY, ParsedAnswer.class);
        JsonNode known = parsed == null ? null : parsed.of(answer);
        if (known != null) {
            return known;
        }
        JsonNode json = Inputs.of(answer);
        exchange.setProperty(ParsedAnswer.PROPERTY, new ParsedAnswer(answer, json));
        return json;
    }

    private Given given(Exchange exchange) {
        ConnectionRef connection = exchange.getVariable(Variables.CONNECTION, ConnectionRef.class);
        Map<String, Supplier<JsonNode>> variables = Map.of(
                "connection",
                () -> connection == null ? NullNode.getInstance() : Inputs.connection(connection),
                "collection",
                () -> collection(exchange),
                ANSWER,
                () -> json(exchange, ANSWER),
                PUSH,
                () -> json(exchange, PUSH),
                STATE,
                () -> json(exchange, STATE),
                "now",
                () -> TextNode.valueOf(clock.instant().toString()));
        return new Given(variables, connection == null ? null : connection.provider(), item(exchange));
    }

    private static JsonNode collection(Exchange exchange) {
        CollectionRef collection = exchange.getVariable(Variables.COLLECTION, CollectionRef.class);
        return collection == null ? NullNode.getInstance() : Inputs.collection(collection);
    }

    private static JsonNode json(Exchange exchange, String variable) {
        Object value = exchange.getVariable(variable);
        return value instanceof Answer answer ? Inputs.meta(answer) : Inputs.of(value);
    }

    private static @Nullable String item(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof Push push) {
            return named(push);
        }
        if (body instanceof Fetched fetched) {
            return fetched.externalId();
        }
        if (exchange.getVariable(PUSH) instanceof Push push) {
            return named(push);
        }
        return exchange.getVariable("object") instanceof Fetched fetched ? fetched.externalId() : null;
    }

    private static String named(Push push) {
        String externalId = push.externalId();
        return externalId == null ? push.itemId().toString() : externalId;
    }

    private static ConnectionRef connection(Exchange exchange) {
        return Variables.get(exchange, Variables.CONNECTION, ConnectionRef.class);
    }
}
