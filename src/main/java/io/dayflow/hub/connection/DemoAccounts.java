package io.dayflow.hub.connection;

import io.dayflow.hub.security.Secret;
import java.util.Map;
import java.util.Set;

/**
 * Accounts that anybody may try, where the hub offers some. There is such a bean only where the stand-ins for the
 * services run inside the hub; callers ask for it as optional.
 */
public interface DemoAccounts {

    /** The ids of the services whose calls go to a stand-in. */
    Set<String> services();

    /**
     * Opens a new account with some made-up items at a stand-in.
     *
     * @return its credentials by field name, as {@link Connect} takes them
     * @throws IllegalArgumentException if the service is none of {@link #services()}
     */
    Map<String, Secret> open(String service);
}
