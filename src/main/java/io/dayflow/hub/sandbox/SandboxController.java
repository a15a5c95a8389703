package io.dayflow.hub.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.refusal.NotFound;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The sandbox's own calls: what a service's user would do, and what a service would do wrong. */
@RestController
@Profile(SandboxEnvironment.PROFILE)
@RequestMapping("/sandbox/{service}")
class SandboxController {

    private static final int MOST_ITEMS = 100_000;

    private final Map<String, StandIn> standIns;

    SandboxController(List<StandIn> standIns) {
        this.standIns = standIns.stream().collect(Collectors.toUnmodifiableMap(StandIn::service, Function.identity()));
    }

    record AccountRequest(@Nullable Integer items) {}

    record Items<T>(List<T> items) {}

    @PostMapping("/accounts")
    @ResponseStatus(HttpStatus.CREATED)
    StandIn.Opened open(@PathVariable String service, @RequestBody(required = false) @Nullable AccountRequest request) {
        var standIn = standIn(service);
        int items = request == null || request.items() == null ? standIn.demoItems() : request.items();
        if (items < 0 || items > MOST_ITEMS) {
            throw new InvalidRequest("items", "takes a number from 0 to " + MOST_ITEMS);
        }
        return standIn.open(items);
    }

    @GetMapping("/accounts/{account}/items")
    Items<ObjectNode> items(@PathVariable String service, @PathVariable String account) {
        return new Items<>(standIn(service).items(account));
    }

    @PostMapping("/accounts/{account}/items")
    @ResponseStatus(HttpStatus.CREATED)
    ObjectNode create(@PathVariable String service, @PathVariable String account, @RequestBody ObjectNode fields) {
        return standIn(service).create(account, fields);
    }

    @PatchMapping("/accounts/{account}/items/{id}")
    ObjectNode edit(
            @PathVariable String service,
            @PathVariable String account,
            @PathVariable String id,
            @RequestBody ObjectNode fields) {
        return standIn(service).edit(account, id, fields);
    }

    @DeleteMapping("/accounts/{account}/items/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String service, @PathVariable String account, @PathVariable String id) {
        standIn(service).delete(account, id);
    }

    @GetMapping("/accounts/{account}/requests")
    Items<RequestLog.Entry> requests(@PathVariable String service, @PathVariable String account) {
        return new Items<>(standIn(service).requests().of(account));
    }

    @PutMapping("/faults")
    FaultRequest faults(@PathVariable String service, @RequestBody FaultRequest request) {
        var standIn = standIn(service);
        standIn.faults().set(request.faults());
        if (request.cursors()) {
            standIn.expireCursors(request.account());
        }
        return request;
    }

    private StandIn standIn(String service) {
        var standIn = standIns.get(service);
        if (standIn == null) {
            throw new NotFound("The sandbox has no such service; it has " + String.join(" and ", standIns.keySet()));
        }
        return standIn;
    }
}
