package io.dayflow.hub.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The folder that holds what the hub has to remember outside PostgreSQL, and the embedded PostgreSQL itself.
 *
 * @param dataDir the folder, from {@code HUB_DATA_DIR}; made when it is missing
 */
@ConfigurationProperties("hub")
public record DataFolder(@DefaultValue("data") Path dataDir) {

    public DataFolder {
        dataDir = dataDir.toAbsolutePath().normalize();
    }

    /** The place of a file or folder of that name inside the data folder. */
    public Path resolve(String name) {
        return dataDir.resolve(name);
    }
}
