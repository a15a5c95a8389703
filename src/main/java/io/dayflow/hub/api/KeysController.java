package io.dayflow.hub.api;

import io.dayflow.hub.keyset.Keys;
import io.dayflow.hub.keyset.KeysetCard;
import io.dayflow.hub.refusal.NotFound;
import io.dayflow.hub.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The keys that seal stored credentials: their ids and what they sealed, never a key. For operators. */
@RestController
@RequestMapping("/api/integrations/keys")
@Tag(name = "Keys", description = "The keys that seal stored credentials: their ids, never a key. For operators.")
class KeysController {

    private final Keys keys;

    KeysController(Keys keys) {
        this.keys = keys;
    }

    @GetMapping
    @Operation(summary = "The keys, and how many stored values each of them sealed")
    KeysetCard list(@AuthenticationPrincipal Caller caller) {
        operator(caller);
        return keys.list();
    }

    @PostMapping("/rotate")
    @Operation(
            summary = "Add a key that seals from now on",
            description = "What former keys sealed is sealed anew in the background. Only for a keyset in a file.")
    KeysetCard rotate(@AuthenticationPrincipal Caller caller) {
        operator(caller);
        return keys.rotate();
    }

    @DeleteMapping("/{keyId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Remove a key for good", description = "Refused while any stored value needs it.")
    void remove(@AuthenticationPrincipal Caller caller, @PathVariable String keyId) {
        operator(caller);
        if (!keyId.matches("[0-9]{1,10}")) {
            throw new NotFound("The keyset has no such key.");
        }
        keys.remove(Long.parseLong(keyId));
    }

    private static void operator(Caller caller) {
        if (!caller.operator()) {
            throw new AccessDeniedException("for operators");
        }
    }
}
