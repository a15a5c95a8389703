package io.dayflow.hub.api;

import io.dayflow.hub.endpoint.EndpointCard;
import io.dayflow.hub.endpoint.EndpointEvent;
import io.dayflow.hub.endpoint.EndpointSecret;
import io.dayflow.hub.endpoint.Endpoints;
import io.dayflow.hub.endpoint.KeepEndpoints;
import io.dayflow.hub.endpoint.KeepEndpoints.By;
import io.dayflow.hub.endpoint.KeepEndpoints.Wish;
import io.dayflow.hub.endpoint.KeepMessages;
import io.dayflow.hub.endpoint.MessageCard;
import io.dayflow.hub.paging.Page;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Webhooks out. */
@RestController
@RequestMapping("/api/integrations/webhook-endpoints")
@Tag(name = "Webhook endpoints", description = "Addresses that are told what happens, by Standard Webhooks")
class EndpointsController {

    private static final String WHAT = "endpoint";

    private final Endpoints endpoints;
    private final KeepEndpoints keep;
    private final KeepMessages messages;

    EndpointsController(Endpoints endpoints, KeepEndpoints keep, KeepMessages messages) {
        this.endpoints = endpoints;
        this.keep = keep;
        this.messages = messages;
    }

    @Schema(name = "NewWebhookEndpoint")
    record NewEndpoint(
            @NotNull(message = "is needed") String url,

            @NotNull(message = "is needed: some of job, conflict, integration, alert")
            List<@NotNull(message = "must be a word") EndpointEvent> events,

            @Nullable String description,

            @Schema(description = "Absent: true") @Nullable Boolean active,

            @Schema(
                    description = "own, or all for operators: the events of everybody. Absent: own",
                    allowableValues = {"own", "all"})
            @Nullable
            String scope) {}

    @Schema(name = "WebhookEndpointChange", description = "What is not named stays as it is")
    record Change(
            @Nullable String url,
            @Nullable List<@NotNull(message = "must be a word") EndpointEvent> events,
            @Nullable String description,

            @Schema(description = "True also switches on again what the hub has switched off") @Nullable
            Boolean active) {}

    @GetMapping
    @Operation(summary = "The endpoints, newest first")
    Page<EndpointCard> list(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return endpoints.list(caller.userId(), caller.operator(), QueryParameters.pageById(limit, cursor));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "A new endpoint", description = "The answer holds its secret, which is not shown again.")
    EndpointSecret create(@AuthenticationPrincipal Caller caller, @RequestBody @Valid NewEndpoint wish) {
        String scope = QueryParameters.word("scope", wish.scope(), List.of("own", "all"));
        return keep.create(
                by(caller),
                new Wish(wish.url(), wish.events(), wish.description(), wish.active()),
                "all".equals(scope));
    }

    @GetMapping("/{endpointId}")
    @Operation(summary = "One endpoint")
    EndpointCard get(@AuthenticationPrincipal Caller caller, @PathVariable String endpointId) {
        return found(caller, id(endpointId));
    }

    @PutMapping("/{endpointId}")
    @Operation(summary = "Change it")
    EndpointCard change(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String endpointId,
            @RequestBody @Valid Change change) {
        return keep.update(
                by(caller),
                id(endpointId),
                new Wish(change.url(), change.events(), change.description(), change.active()));
    }

    @DeleteMapping("/{endpointId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Delete it, with what it was told")
    void delete(@AuthenticationPrincipal Caller caller, @PathVariable String endpointId) {
        keep.delete(by(caller), id(endpointId));
    }

    @PostMapping("/{endpointId}/secret")
    @Operation(
            summary = "Make a new secret",
            description = "The one before signs too for a day: messages carry both signatures until then.")
    EndpointSecret rotate(@AuthenticationPrincipal Caller caller, @PathVariable String endpointId) {
        return keep.rotate(by(caller), id(endpointId));
    }

    @PostMapping("/{endpointId}/ping")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Send a message of the type ping")
    Map<String, UUID> ping(@AuthenticationPrincipal Caller caller, @PathVariable String endpointId) {
        return Map.of("messageId", messages.ping(by(caller), id(endpointId)));
    }

    @GetMapping("/{endpointId}/messages")
    @Operation(summary = "What it was told and is to be told, latest first")
    Page<MessageCard> messages(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String endpointId,
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var page = QueryParameters.pageByNumber(limit, "cursor", cursor);
        UUID id = found(caller, id(endpointId)).endpointId();
        return endpoints.messages(caller.userId(), caller.operator(), id, page);
    }

    @PostMapping("/{endpointId}/messages/{messageId}/redeliver")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Send a message again, as it was")
    void redeliver(
            @AuthenticationPrincipal Caller caller, @PathVariable String endpointId, @PathVariable String messageId) {
        messages.redeliver(by(caller), id(endpointId), QueryParameters.pathId(messageId, "message"));
    }

    private EndpointCard found(Caller caller, UUID id) {
        return endpoints
                .find(caller.userId(), caller.operator(), id)
                .orElseThrow(() -> new NotFound("There is no such endpoint."));
    }

    private static UUID id(String text) {
        return QueryParameters.pathId(text, WHAT);
    }

    private static By by(Caller caller) {
        return new By(caller.userId(), caller.operator());
    }
}
