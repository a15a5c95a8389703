package io.dayflow.hub.call;

import io.dayflow.hub.security.Secret;

/** What proves to a provider who is calling. */
public sealed interface Credential {

    /** A name and a password, RFC 7617. */
    record Basic(String username, Secret password) implements Credential {
        public Basic {
            if (username.indexOf(':') >= 0) {
                throw new IllegalArgumentException("A user name for Basic authentication holds no colon");
            }
        }
    }

    /** A token, RFC 6750. */
    record Bearer(Secret token) implements Credential {}
}
