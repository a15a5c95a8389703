package io.dayflow.hub.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service's stand-in, as its own user sees it: accounts, and items in canonical fields. Every change is stored before a
 * method returns. Thread-safe.
 */
public interface StandIn {

    /** The id of the service. */
    String service();

    /** Whether the hub's calls of that service come here. */
    boolean called();

    /** How many items an account for trying out gets. */
    int demoItems();

    /** Opens an account with that many made-up items. */
    Opened open(int items);

    /**
     * All items that are not deleted, each with {@code id}, {@code kind}, its canonical fields and {@code native}.
     *
     * @throws io.dayflow.hub.refusal.NotFound if there is no such account
     */
    List<ObjectNode> items(String account);

    /**
     * Makes an item of canonical fields and returns it as {@link #items} would.
     *
     * @throws io.dayflow.hub.refusal.InvalidRequest if a field is unknown or has a value the service cannot hold
     */
    ObjectNode create(String account, ObjectNode fields);

    /** Changes the named fields of an item; null empties one. */
    ObjectNode edit(String account, String id, ObjectNode fields);

    void delete(String account, String id);

    /** Makes every cursor given so far invalid, of one account or of all. */
    void expireCursors(@Nullable String account);

    FaultPlan faults();

    RequestLog requests();

    /**
     * A new account.
     *
     * @param credentials by field name, as a connection takes them
     */
    record Opened(String account, Map<String, String> credentials) {}
}
