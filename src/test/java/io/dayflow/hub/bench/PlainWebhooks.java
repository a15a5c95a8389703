package io.dayflow.hub.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the hub's intake is compared with: the least that anybody would write. A controller of Spring MVC, without security,
 * routes or audit, that verifies a delivery and inserts its row, one commit each. Runs as a process of its own.
 */
@TestConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    ServletWebServerFactoryAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    TaskExecutionAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class
})
@Import(PlainWebhooks.Controller.class)
public class PlainWebhooks {

    public static void main(String[] args) {
        SpringApplication.run(PlainWebhooks.class, args);
    }

    @RestController
    @TestComponent
    static class Controller {

        private static final SecretKeySpec KEY = new SecretKeySpec(
                System.getProperty("plain.secret", "").getBytes(StandardCharsets.UTF_8), "HmacSHA256");

        private final JdbcTemplate jdbc;

        Controller(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/api/webhooks/hooked")
        ResponseEntity<Void> receive(
                @RequestBody byte[] body,
                @RequestHeader("X-Hooked-Signature") String signature,
                @RequestHeader("X-Hooked-Delivery") String deliveryId)
                throws GeneralSecurityException {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(KEY);
            if (!MessageDigest.isEqual(mac.doFinal(body), Base64.getDecoder().decode(signature))) {
                return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
            }
            jdbc.update("""
                    insert into public.plain_event (id, provider, delivery_id, body, received_at)
                    values (?, 'hooked', ?, ?, ?) on conflict (provider, delivery_id) do nothing
                    """, UUID.randomUUID(), "id:" + deliveryId, body, Timestamp.from(Instant.now()));
            return ResponseEntity.ok().build();
        }
    }
}
