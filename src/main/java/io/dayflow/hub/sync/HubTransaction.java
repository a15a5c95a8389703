package io.dayflow.hub.sync;

import java.util.function.Supplier;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A transaction of the hub's own: DayFlow's change capture leaves out what is written in it. Where PostgreSQL breaks a
 * deadlock by ending it, it is run again.
 */
@Component
public class HubTransaction {

    private static final int ATTEMPTS = 4;

    private final TransactionTemplate template;
    private final JdbcClient jdbc;

    HubTransaction(PlatformTransactionManager manager, JdbcClient jdbc) {
        this.template = new TransactionTemplate(manager);
        this.jdbc = jdbc;
    }

    /** Runs {@code work}, which must have no effect outside the database, as one transaction. */
    public <T> T run(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return java.util.Objects.requireNonNull(template.execute(status -> {
                    jdbc.sql("select set_config('hub.origin', 'hub', true)")
                            .query(String.class)
                            .single();
                    return work.get();
                }));
            } catch (PessimisticLockingFailureException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** As {@link #run}, without a result. */
    public void execute(Runnable work) {
        run(() -> {
            work.run();
            return true;
        });
    }
}
