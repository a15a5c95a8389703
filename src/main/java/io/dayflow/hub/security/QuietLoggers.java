package io.dayflow.hub.security;

import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.stereotype.Component;

/**
 * Loggers that at DEBUG write the ids of sessions, and addresses with their queries, in which services hand codes and states
 * to the hub. They stay at INFO whatever is set for the packages above them.
 */
@Component
class QuietLoggers {

    private static final List<String> TOO_MUCH =
            List.of("org.springframework.security.web", "org.springframework.web.servlet.DispatcherServlet");

    QuietLoggers(ObjectProvider<LoggingSystem> logging) {
        logging.ifAvailable(system -> TOO_MUCH.forEach(logger -> system.setLogLevel(logger, LogLevel.INFO)));
    }
}
