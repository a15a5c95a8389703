package io.dayflow.hub.api;

import io.dayflow.hub.connection.Connect;
import io.dayflow.hub.connection.ConnectByConsent;
import io.dayflow.hub.connection.ConnectionCard;
import io.dayflow.hub.connection.Connections;
import io.dayflow.hub.connection.DemoAccounts;
import io.dayflow.hub.connection.Disconnect;
import io.dayflow.hub.connection.UpdateConnection;
import io.dayflow.hub.job.StartJob;
import io.dayflow.hub.oauth.Authorize;
import io.dayflow.hub.oauth.OauthClients;
import io.dayflow.hub.provider.ProviderCatalog;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Services and the user's accounts there. */
@RestController
@RequestMapping("/api/integrations")
@Tag(name = "Integrations", description = "Services, and the user's accounts there")
class IntegrationsController {

    private final ProviderCatalog providers;
    private final Connections connections;
    private final Connect connect;
    private final UpdateConnection update;
    private final Disconnect disconnect;
    private final StartJob startJob;
    private final ConnectByConsent consent;
    private final OauthClients clients;
    private final ObjectProvider<DemoAccounts> demo;

    IntegrationsController(
            ProviderCatalog providers,
            Connections connections,
            Connect connect,
            UpdateConnection update,
            Disconnect disconnect,
            StartJob startJob,
            ConnectByConsent consent,
            OauthClients clients,
            ObjectProvider<DemoAccounts> demo) {
        this.providers = providers;
        this.connections = connections;
        this.connect = connect;
        this.update = update;
        this.disconnect = disconnect;
        this.startJob = startJob;
        this.consent = consent;
        this.clients = clients;
        this.demo = demo;
    }

    record Services(List<ServiceCard> services) {}

    @GetMapping
    @Operation(summary = "All services, with the user's accounts")
    Services list(@AuthenticationPrincipal Caller caller) {
        var cards = connections.list(caller.userId());
        return new Services(providers.all().stream()
                .map(provider -> ServiceCard.of(
                        provider,
                        clients.missing(provider.id()).orElse(null),
                        demo.stream().anyMatch(stand -> stand.services().contains(provider.id())),
                        cards.stream()
                                .filter(card -> card.service().equals(provider.id()))
                                .toList()))
                .toList());
    }

    @PostMapping
    @Operation(
            summary = "Connect an account, or start a sync",
            description = "authorize answers where to send the user for a service with OAuth; connect tries the"
                    + " credentials at the service, or exchanges the code that the user brought back, and stores what it"
                    + " has sealed; sync is the same as POST"
                    + " /api/integrations/sync. An account that was connected before is taken up again, with its"
                    + " settings. A new one reads and writes nothing until collections are selected and its first sync"
                    + " is asked for.")
    @ApiResponse(
            responseCode = "200",
            description = "Where to send the user",
            content = @Content(schema = @Schema(implementation = Authorize.Begun.class)))
    @ApiResponse(
            responseCode = "201",
            description = "Connected",
            content = @Content(schema = @Schema(implementation = ConnectionCard.class)))
    @ApiResponse(
            responseCode = "202",
            description = "A sync was started",
            content = @Content(schema = @Schema(implementation = JobsController.Started.class)))
    @ApiResponse(responseCode = "422", description = "The service refused or cannot be reached; detail is its reason")
    ResponseEntity<Object> act(
            @AuthenticationPrincipal Caller caller,
            @Valid @RequestBody IntegrationRequest request,
            HttpServletRequest http) {
        request.check();
        return switch (request.action()) {
            case AUTHORIZE ->
                ResponseEntity.ok(consent.begin(
                        caller.userId(),
                        Objects.requireNonNull(request.service()),
                        URI.create(http.getRequestURL().toString()).resolve("/"),
                        null));
            case CONNECT -> ResponseEntity.status(HttpStatus.CREATED).body(connect(caller, request));
            case SYNC ->
                ResponseEntity.accepted()
                        .body(JobsController.start(
                                startJob,
                                caller,
                                Objects.requireNonNull(request.integrationId()),
                                request.mode(),
                                false));
        };
    }

    private ConnectionCard connect(Caller caller, IntegrationRequest request) {
        var service = Objects.requireNonNull(request.service());
        if (request.credentials() == null) {
            var answer = new Authorize.Answer(
                    service,
                    Objects.requireNonNull(request.code()),
                    Objects.requireNonNull(request.state()).reveal(),
                    request.iss(),
                    null);
            return consent.connect(caller.userId(), answer, request.settings(), request.displayName());
        }
        return connect.connect(
                caller.userId(),
                new Connect.Request(service, request.credentials(), request.settings(), request.displayName()));
    }

    @PutMapping
    @Operation(summary = "Change settings, collections, name or activity of an account")
    ConnectionCard change(@AuthenticationPrincipal Caller caller, @Valid @RequestBody IntegrationChange change) {
        return update.update(caller.userId(), change.integrationId(), change.change());
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Disconnect an account",
            description = "Its credentials are forgotten. With items=remove, what came from it and is at no other"
                    + " account leaves DayFlow; with items=keep, the default, everything stays.")
    void disconnect(
            @AuthenticationPrincipal Caller caller,
            @RequestParam String integrationId,
            @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {"keep", "remove"},
                                            defaultValue = "keep"))
                    @RequestParam(required = false)
                    @Nullable
                    String items) {
        var choice = QueryParameters.word("items", items, List.of("keep", "remove"));
        disconnect.disconnect(
                caller.userId(),
                QueryParameters.neededId("integrationId", integrationId),
                "remove".equals(choice) ? Disconnect.Items.REMOVE : Disconnect.Items.KEEP);
    }
}
