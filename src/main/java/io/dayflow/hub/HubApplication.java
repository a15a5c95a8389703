package io.dayflow.hub;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The hub's process: starts storage, routes, REST interface and operator's console. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HubApplication {

    public static void main(String[] args) {
        try {
            HubHome.find().announce();
        } catch (CannotStart explained) {
            System.err.println(explained.getMessage());
            System.exit(1);
        }
        if (VerifyAuditCommand.isAskedFor(args)) {
            System.exit(VerifyAuditCommand.run(args, System.out));
        }
        SpringApplication.run(HubApplication.class, args);
    }
}
