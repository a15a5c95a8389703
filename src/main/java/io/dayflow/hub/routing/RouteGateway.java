package io.dayflow.hub.routing;

import io.dayflow.hub.call.Circuits;
import io.dayflow.hub.call.Credential;
import io.dayflow.hub.call.TrialCredentials;
import io.dayflow.hub.provider.ConnectionRef;
import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.provider.FoundAccount;
import io.dayflow.hub.provider.FoundCollection;
import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.provider.ProviderGateway;
import io.dayflow.hub.security.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/** Calls a provider's routes for use cases outside the routes. */
@Component
class RouteGateway implements ProviderGateway {

    private final ProducerTemplate template;
    private final ProviderCatalog catalog;
    private final TrialCredentials trial;
    private final Circuits circuits;

    RouteGateway(ProducerTemplate template, ProviderCatalog catalog, TrialCredentials trial, Circuits circuits) {
        this.template = template;
        this.catalog = catalog;
        this.trial = trial;
        this.circuits = circuits;
    }

    @Override
    public FoundAccount connect(ConnectionRef connection, Map<String, String> credentials) {
        trial.put(connection.id(), credential(credentials));
        try {
            return ask(connection, "connect").getMessage().getBody(FoundAccount.class);
        } finally {
            trial.remove(connection.id());
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<FoundCollection> collections(ConnectionRef connection) {
        // whoever connects, perhaps again, starts with a clean record
        circuits.forget(connection.id());
        return ask(connection, "collections").getMessage().getBody(List.class);
    }

    @Override
    public void unsubscribe(ConnectionRef connection, Duration patience) {
        Provider provider = provider(connection);
        CompletableFuture<Exchange> asked =
                template.asyncSend(endpoint(provider, "unsubscribe"), about(connection, provider));
        try {
            answered(asked.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new FaultException(new Fault.Transient("The service did not answer in time."), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FaultException(new Fault.Transient("The hub stops."), e);
        } catch (ExecutionException e) {
            throw new FaultException(new Fault.Unreadable("The service could not be asked."), e);
        }
    }

    private Exchange ask(ConnectionRef connection, String verb) {
        Provider provider = provider(connection);
        return answered(template.request(endpoint(provider, verb), about(connection, provider)));
    }

    private Provider provider(ConnectionRef connection) {
        return catalog.find(connection.provider())
                .orElseThrow(() -> new IllegalStateException("no provider is called " + connection.provider()));
    }

    private static String endpoint(Provider provider, String verb) {
        return "direct:" + provider.routes() + "." + verb;
    }

    private static Processor about(ConnectionRef connection, Provider provider) {
        return exchange -> {
            exchange.setVariable(Variables.CONNECTION, connection);
            exchange.setVariable(Variables.PROVIDER, provider.routes());
        };
    }

    private static Exchange answered(Exchange answer) {
        for (Throwable cause = answer.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof FaultException fault) {
                throw fault;
            }
        }
        if (answer.getException() != null) {
            throw new FaultException(
                    new Fault.Unreadable("The service's answer made no sense to the hub."), answer.getException());
        }
        return answer;
    }

    private static Credential credential(Map<String, String> fields) {
        String token = fields.get("token");
        if (token != null) {
            return new Credential.Bearer(Secret.of(token));
        }
        return new Credential.Basic(
                fields.getOrDefault("username", ""), Secret.of(fields.getOrDefault("password", "")));
    }
}
