package io.dayflow.hub.server;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** JUnit extension: prints the log tails of all running server processes when a test has failed. */
public final class ServerLogs implements AfterTestExecutionCallback {

    @Override
    public void afterTestExecution(ExtensionContext context) {
        context.getExecutionException()
                .ifPresent(failure -> System.err.println("Server logs after the failure of '" + context.getDisplayName()
                        + "':\n" + ServerProcess.tails(80)));
    }
}
