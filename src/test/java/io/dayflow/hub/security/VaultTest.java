package io.dayflow.hub.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

    private static final Secret SECRET = Secret.of("hunter2 ü");

    @TempDir
    Path folder;

    @Test
    void whatIsSealedOpensInItsContextOnly() {
        var vault = Vault.withKeyset(Vault.newKeyset());
        var sealed = vault.seal(SECRET, "connection:1");

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
        assertThat(vault.open(sealed, "connection:1")).isEqualTo(SECRET);
        assertThatThrownBy(() -> vault.open(sealed, "connection:2"))
                .isInstanceOf(Vault.CannotOpen.class)
                .hasMessageContaining("connection:2")
                .hasMessageContaining("HUB_ENCRYPTION_KEYSET");
        assertThat(vault.seal(SECRET, "connection:1")).isNotEqualTo(sealed);
    }

    @Test
    void aChangedBitAndAnotherKeysetOpenNothing() {
        var vault = Vault.withKeyset(Vault.newKeyset());
        var sealed = vault.seal(SECRET, "c");
        assertThatThrownBy(() -> Vault.withKeyset(Vault.newKeyset()).open(sealed, "c"))
                .isInstanceOf(Vault.CannotOpen.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> vault.open(sealed, "c")).isInstanceOf(Vault.CannotOpen.class);
    }

    @Test
    void theFirstStartMakesAKeysetAndLaterOnesUseIt() throws Exception {
        var file = folder.resolve("keyset.json");
        var sealed = open("", file, false).seal(SECRET, "c");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(open("", file, true).open(sealed, "c")).isEqualTo(SECRET);
        assertThat(open(file.toString(), folder.resolve("other"), true).open(sealed, "c"))
                .isEqualTo(SECRET);
        assertThat(open(Files.readString(file), folder.resolve("other"), true).open(sealed, "c"))
                .isEqualTo(SECRET);
    }

    @Test
    void aLostKeysetIsNotReplacedWhileSealedCredentialsExist() {
        assertThatThrownBy(() -> open("", folder.resolve("keyset.json"), true))
                .hasMessageContaining("no keyset to open them")
                .hasMessageContaining("HUB_ENCRYPTION_KEYSET");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aWrongSettingIsExplainedWithoutShowingIt() {
        assertThatThrownBy(() -> open("/no/such/file", folder.resolve("k"), false))
                .hasMessageContaining("/no/such/file, which does not exist");
        assertThatThrownBy(() -> open("{\"key\":\"hunter2\"}", folder.resolve("k"), false))
                .hasMessageContaining("Tink's JSON form")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    private static Vault open(String given, Path kept, boolean sealedExist) {
        return VaultConfiguration.open(given, kept, () -> sealedExist);
    }
}
