package io.dayflow.hub.connection;

import io.dayflow.hub.provider.Provider;
import io.dayflow.hub.provider.Provider.Auth;
import io.dayflow.hub.refusal.FieldError;
import io.dayflow.hub.refusal.InvalidRequest;
import io.dayflow.hub.security.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a user may type to connect to a provider. */
final class CredentialForm {

    private static final int LONGEST = 8192;

    /** Of these the name of the account is made, which is looked up by an index. */
    private static final Map<String, Integer> LONGEST_OF = Map.of("username", 320, "url", 2000);

    private CredentialForm() {}

    /**
     * The credentials without optional fields left blank.
     *
     * @throws InvalidRequest naming fields that are unknown, missing, blank or too long; never their values
     */
    static Map<String, String> check(Provider provider, Map<String, Secret> credentials) {
        var forms = provider.auth().stream()
                .filter(auth -> !auth.method().equals("oauth2"))
                .toList();
        if (forms.isEmpty()) {
            throw new InvalidRequest(
                    "credentials",
                    "are not accepted by " + provider.displayName() + "; it is connected with action authorize");
        }
        var form = forms.stream()
                .max(Comparator.comparingLong((Auth auth) -> credentials.keySet().stream()
                        .filter(auth.fields()::contains)
                        .count()))
                .orElseThrow();
        var errors = new ArrayList<FieldError>();
        credentials.keySet().stream()
                .filter(name -> !form.fields().contains(name))
                .forEach(name -> errors.add(new FieldError(
                        "credentials." + name, "is not accepted; accepted are " + String.join(", ", form.fields()))));
        var checked = new LinkedHashMap<String, String>();
        for (var name : form.fields()) {
            var secret = credentials.get(name);
            check(form, name, secret == null ? null : secret.reveal(), checked, errors);
        }
        if (!errors.isEmpty()) {
            throw new InvalidRequest(errors);
        }
        return checked;
    }

    private static void check(
            Auth form, String name, @Nullable String value, Map<String, String> checked, List<FieldError> errors) {
        if (value == null || value.isBlank()) {
            if (form.required(name)) {
                errors.add(new FieldError("credentials." + name, value == null ? "is missing" : "is blank"));
            }
        } else if (value.length() > LONGEST_OF.getOrDefault(name, LONGEST)) {
            errors.add(new FieldError(
                    "credentials." + name, "takes at most " + LONGEST_OF.getOrDefault(name, LONGEST) + " characters"));
        } else if (name.equals("username") && value.indexOf(':') >= 0) {
            errors.add(new FieldError("credentials.username", "holds no colon (RFC 7617, section 2)"));
        } else {
            checked.put(name, value);
        }
    }
}
