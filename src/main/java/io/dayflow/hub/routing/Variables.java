package io.dayflow.hub.routing;

import io.dayflow.hub.provider.FaultException;
import io.dayflow.hub.sync.LeaseLost;
import io.dayflow.hub.sync.Run;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The exchange variables that carry a message's context; never headers, which leak into outgoing HTTP. */
final class Variables {

    static final String RUN = "run";
    static final String CONNECTION = "connection";
    static final String PROVIDER = "provider";
    static final String COLLECTION = "collection";
    static final String WALK = "walk";
    static final String AUDIT = "audit";
    static final String PAGES = "pages";
    static final String CHUNK = "chunk";
    static final String KNOWN = "known";
    static final String MISSING = "missing";
    static final String PUSHING = "pushing";
    static final String TICK = "tick";
    static final String TASK = "task";
    static final String MEMORY = "memory";

    private Variables() {}

    static Run run(Exchange exchange) {
        return get(exchange, RUN, Run.class);
    }

    static <T> T get(Exchange exchange, String name, Class<T> type) {
        T value = exchange.getVariable(name, type);
        if (value == null) {
            throw new IllegalStateException("the route has not set the variable \"" + name + "\"");
        }
        return value;
    }

    /** The exception that a doCatch caught, or the one of that type among its causes. */
    static <T extends Throwable> T caught(Exchange exchange, Class<T> type) {
        Throwable top = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        for (Throwable cause = top; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        throw new IllegalStateException("no " + type.getSimpleName() + " was caught", top);
    }

    /** The cause that is the hub's own trouble, a lost lease or its database, and no service's fault; null if there is none. */
    static @Nullable Throwable ownTrouble(@Nullable Throwable top) {
        for (Throwable cause = top; cause != null; cause = cause.getCause()) {
            if (cause instanceof LeaseLost
                    || cause instanceof DataAccessException
                    || cause instanceof TransactionException) {
                return cause;
            }
        }
        return null;
    }

    /** The cause that says what went wrong, without Camel's wrapping. */
    static Throwable innermostKnown(Throwable top) {
        Throwable own = ownTrouble(top);
        if (own != null) {
            return own;
        }
        for (Throwable cause = top; cause != null; cause = cause.getCause()) {
            if (cause instanceof FaultException) {
                return cause;
            }
        }
        return top;
    }
}
