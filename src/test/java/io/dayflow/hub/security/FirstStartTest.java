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

    @Test
    void theOperatorsPasswordIsShownOnceAndKeptAsAHash(CapturedOutput output) throws Exception {
        var account = new OperatorAccount();
        var encoder = account.passwordEncoder();
        account.operatorAccounts(environment, new DataFolder(folder), encoder);
        var password = output.getOut().replaceAll("(?s).*only this once: (\\S+) .*", "$1");
        var later = account.operatorAccounts(environment, new DataFolder(folder), encoder)
                .loadUserByUsername("admin");

        assertThat(encoder.matches(password, later.getPassword())).isTrue();
        assertThat(output.getOut()).containsOnlyOnce(password);
        var file = folder.resolve("operator-password-hash");
        assertThat(Files.readString(file)).doesNotContain(password);
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void everyCharacterOfALongPasswordCounts() {
        var encoder = new OperatorAccount.AnyLengthBcrypt();
        var hash = encoder.encode("x".repeat(100) + "1");

        assertThat(encoder.matches("x".repeat(100) + "1", hash)).isTrue();
        assertThat(encoder.matches("x".repeat(100) + "2", hash)).isFalse();
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
