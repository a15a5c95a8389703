package io.dayflow.hub.sync;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A transaction of the hub's own: DayFlow's change capture leaves out what is written in it. */
@Component
public class HubTransaction {

    private final TransactionTemplate template;
    private final JdbcClient jdbc;

    HubTransaction(TransactionTemplate template, JdbcClient jdbc) {
        this.template = template;
        this.jdbc = jdbc;
    }

    /** Runs {@code work}, which must have no effect outside the database and may be run again, as one transaction. */
    public <T> T run(Supplier<T> work) {
        return Objects.requireNonNull(template.execute(status -> {
            jdbc.sql("select set_config('hub.origin', 'hub', true)")
                    .query(String.class)
                    .single();
            return work.get();
        }));
    }

    /** As {@link #run}, without a result. */
    public void execute(Runnable work) {
        run(() -> {
            work.run();
            return true;
        });
    }
}
