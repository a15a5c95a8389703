package io.dayflow.hub.storage;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions that are run again where PostgreSQL broke a deadlock by ending them. What runs in one must therefore have no
 * effect outside the database. Thread-safe.
 */
class RetryingTransactions extends TransactionTemplate {

    private static final int ATTEMPTS = 5;

    RetryingTransactions(PlatformTransactionManager manager) {
        super(manager);
    }

    @Override
    public <T> @Nullable T execute(TransactionCallback<T> action) {
        boolean inner = TransactionSynchronizationManager.isActualTransactionActive();
        for (int attempt = 1; ; attempt++) {
            try {
                return super.execute(action);
            } catch (PessimisticLockingFailureException e) {
                if (inner || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
