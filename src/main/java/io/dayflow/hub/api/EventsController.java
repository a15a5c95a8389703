package io.dayflow.hub.api;

import io.dayflow.hub.alert.Alerts;
import io.dayflow.hub.conflict.Conflicts;
import io.dayflow.hub.connection.Connections;
import io.dayflow.hub.job.Jobs;
import io.dayflow.hub.live.EventStream;
import io.dayflow.hub.live.Subject;
import io.dayflow.hub.people.PersonalTokens;
import io.dayflow.hub.people.Sessions;
import io.dayflow.hub.security.Caller;
import io.dayflow.hub.security.CallerAuthentication;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What changes, as it changes. */
@RestController
@Tag(name = "Events", description = "What changes, as it changes")
class EventsController {

    private final EventStream stream;
    private final Connections connections;
    private final Jobs jobs;
    private final Conflicts conflicts;
    private final Alerts alerts;
    private final PersonalTokens tokens;
    private final Sessions sessions;

    EventsController(
            EventStream stream,
            Connections connections,
            Jobs jobs,
            Conflicts conflicts,
            Alerts alerts,
            PersonalTokens tokens,
            Sessions sessions) {
        this.sessions = sessions;
        this.alerts = alerts;
        this.tokens = tokens;
        this.stream = stream;
        this.connections = connections;
        this.jobs = jobs;
        this.conflicts = conflicts;
    }

    @GetMapping(path = "/api/integrations/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "Server-sent events job, integration, conflict and alert",
            description =
                    "Each with the object as the other calls show it, the caller's own only; alerts as the list of"
                            + " alerts has them. Comments keep the stream open; after half an hour it ends and is to be opened again.")
    ResponseEntity<SseEmitter> events(
            @AuthenticationPrincipal Caller caller, @Parameter(hidden = true) Authentication proof) {
        var called = (CallerAuthentication) proof;
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(stream.open(caller.userId(), caller.operator(), Duration.ZERO, subject -> {
                    if (!goes(called, caller)) {
                        throw new EventStream.NoLonger();
                    }
                    return look(caller, subject);
                }));
    }

    /** Whether the proof still is one: tokens and sessions end while a stream is open. */
    private boolean goes(CallerAuthentication called, Caller caller) {
        return called.tokenId().map(token -> tokens.goesFor(token, caller)).orElse(true)
                && called.person()
                        .map(person -> sessions.goesFor(person.accountId(), person.handle(), caller.operator()))
                        .orElse(true);
    }

    private Optional<?> look(Caller caller, Subject subject) {
        UUID userId = caller.userId();
        return switch (subject.type()) {
            case "job" -> jobs.find(userId, subject.id());
            case "integration" -> connections.findEver(userId, subject.id());
            case "conflict" -> conflicts.find(userId, subject.id());
            case "alert" -> alerts.find(caller, subject.id());
            default -> Optional.empty();
        };
    }
}
