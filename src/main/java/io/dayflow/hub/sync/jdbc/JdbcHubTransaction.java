package io.dayflow.hub.sync.jdbc;

import io.dayflow.hub.sync.HubTransaction;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions of PostgreSQL that carry the setting which the capture's triggers honour. */
@Component
class JdbcHubTransaction implements HubTransaction {

    private final TransactionTemplate template;
    private final JdbcClient jdbc;

    JdbcHubTransaction(TransactionTemplate template, JdbcClient jdbc) {
        this.template = template;
        this.jdbc = jdbc;
    }

    @Override
    public <T> T run(Supplier<T> work) {
        return Objects.requireNonNull(template.execute(status -> {
            own();
            return work.get();
        }));
    }

    @Override
    public void own() {
        jdbc.sql("select set_config('hub.origin', 'hub', true)")
                .query(String.class)
                .single();
    }
}
