package io.dayflow.hub.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;

class DatabaseAccessIT {

    @TempDir
    Path data;

    @Test
    void theEmbeddedDatabaseIsReachedBesideAHubAndWithoutOne() {
        var place = data.resolve("postgres");
        try (var hub = EmbeddedDatabase.start(place, place.resolve("programs"), Map.of())) {
            assertThat(hub.processId()).isPresent();
            assertThat(answers()).isEqualTo("dayflow");
            assertThat(hub.processId()).as("it still runs").isPresent();
        }
        assertThat(answers()).isEqualTo("dayflow");
    }

    private String answers() {
        try (var access = DatabaseAccess.open(new MockEnvironment(), new DataFolder(data))) {
            return JdbcClient.create(access.dataSource())
                    .sql("select current_database()")
                    .query(String.class)
                    .single();
        }
    }
}
