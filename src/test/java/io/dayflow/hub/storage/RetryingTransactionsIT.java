package io.dayflow.hub.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class RetryingTransactionsIT {

    private final DataSource dataSource = TestDatabase.create().dataSource();
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private final DataSourceTransactionManager manager = new JdbcTransactionManager(dataSource);
    private final TransactionTemplate transactions = new RetryingTransactions(manager);

    @Test
    void theVictimOfADeadlockIsRunAgainAndBothTakeEffect() throws Exception {
        jdbc.sql("create table counter (id int primary key, n int not null)").update();
        jdbc.sql("insert into counter values (1, 0), (2, 0)").update();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger begun = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> there = threads.submit(() -> countBoth(1, 2, bothHoldOne, begun));
            Future<?> back = threads.submit(() -> countBoth(2, 1, bothHoldOne, begun));
            there.get();
            back.get();
        }
        assertThat(jdbc.sql("select sum(n) from counter").query(Integer.class).single())
                .isEqualTo(4);
        assertThat(begun.get()).isEqualTo(3);
    }

    private void countBoth(int first, int second, CyclicBarrier bothHoldOne, AtomicInteger begun) {
        transactions.executeWithoutResult(status -> {
            boolean meets = begun.incrementAndGet() <= 2;
            count(first);
            if (meets) {
                try {
                    bothHoldOne.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            count(second);
        });
    }

    private void count(int id) {
        jdbc.sql("update counter set n = n + 1 where id = :id").param("id", id).update();
    }
}
