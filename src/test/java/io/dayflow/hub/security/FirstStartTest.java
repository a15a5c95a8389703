package io.dayflow.hub.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.dayflow.hub.storage.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class FirstStartTest {

    @TempDir
    Path folder;

    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void aServiceTokenIsMadeOnceAndOnlyItsPlaceIsLogged(CapturedOutput output) throws Exception {
        var file = folder.resolve("service-token");
        new ServiceToken(environment, new DataFolder(folder));
        var token = Files.readString(file);
        var again = new ServiceToken(environment, new DataFolder(folder));

        assertThat(again.matches(Secret.of(token))).isTrue();
        assertThat(again.matches(Secret.of(token + "x"))).isFalse();
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(output.getOut()).contains(file.toString()).doesNotContain(token);
    }

    @Test
    void aGivenServiceTokenIsUsedAndNotKept() {
        environment.setProperty("HUB_SERVICE_TOKEN", "given-by-the-operator-of-it");

        assertThat(new ServiceToken(environment, new DataFolder(folder))
                        .matches(Secret.of("given-by-the-operator-of-it")))
                .isTrue();
        assertThat(folder).isEmptyDirectory();
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
