package io.dayflow.hub.security;

import io.dayflow.hub.storage.DataFolder;
import io.dayflow.hub.storage.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The token of DayFlow's own backend: from {@code HUB_SERVICE_TOKEN}, else made on the first start and kept in the data
 * folder. Only its digest stays in memory, and comparing takes the same time whatever is presented.
 */
@Component
public class ServiceToken {

    private static final Logger log = LoggerFactory.getLogger(ServiceToken.class);
    private static final int SHORT = 24;

    private final byte[] digest;

    ServiceToken(Environment environment, DataFolder folder) {
        var given = environment.getProperty("HUB_SERVICE_TOKEN", "").strip();
        if (given.isEmpty()) {
            var file = folder.resolve("service-token");
            given = PrivateFile.readOrCreate(file, RandomText::token).strip();
            log.info("The service token of this hub is in {}", file);
        } else if (given.length() < SHORT) {
            log.warn("HUB_SERVICE_TOKEN is shorter than {} characters: choose a longer one for production", SHORT);
        }
        this.digest = digest(given);
    }

    /** Whether it is this one. */
    public boolean matches(Secret presented) {
        return MessageDigest.isEqual(digest, digest(presented.reveal()));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
