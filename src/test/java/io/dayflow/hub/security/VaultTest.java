package io.dayflow.hub.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
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
                .hasMessageContaining("/no/such/file does not exist");
        assertThatThrownBy(() -> open("{\"key\":\"hunter2\"}", folder.resolve("k"), false))
                .hasMessageContaining("Tink's JSON form")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void aKeysetIsGivenAsJsonAsBase64OrAsAFile() {
        var json = Vault.newKeyset();
        var sealed = Vault.withKeyset(json).seal(SECRET, "c");
        var wrapped = Base64.getMimeEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));

        assertThat(open(wrapped, folder.resolve("k"), true).open(sealed, "c")).isEqualTo(SECRET);
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> Vault.withKeyset(Base64.getEncoder().encodeToString("hunter2".getBytes())))
                .hasMessageContaining("AES-256-GCM")
                .hasMessageNotContaining("hunter2");
    }

    /** Keys of other kinds seal nothing here: shorter ones, and those whose output does not tell the key. */
    @Test
    void keysOfAnotherKindAreRefused() throws Exception {
        AeadConfig.register();
        for (var kind : List.of(PredefinedAeadParameters.AES128_GCM, PredefinedAeadParameters.CHACHA20_POLY1305)) {
            var other = TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(kind), InsecureSecretKeyAccess.get());
            assertThatThrownBy(() -> Vault.withKeyset(other)).hasMessageContaining("AES256_GCM");
        }
    }

    @Test
    void aFileThatOthersMayReadIsRefusedWithWhatToRun() throws Exception {
        var file = folder.resolve("keyset.json");
        open("", file, false);
        for (var mode : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> open("", file, true))
                    .hasMessageContaining("its mode is " + mode)
                    .hasMessageContaining("chmod 600 " + file);
        }
    }

    @Test
    void afterARotationTheNewKeySealsAndTheFormerOpens() {
        var file = folder.resolve("keyset.json");
        var vault = open("", file, false);
        var other = open("", file, true);
        var former = vault.seal(SECRET, "c");

        vault.rotate();

        var fresh = vault.seal(SECRET, "c");
        assertThat(other.open(fresh, "c")).as("another hub looks at the file").isEqualTo(SECRET);
        assertThat(Keyset.sealingKey(other.seal(SECRET, "c"))).isEqualTo(Keyset.sealingKey(fresh));
        assertThat(Keyset.sealingKey(former)).isNotEqualTo(Keyset.sealingKey(fresh));
        assertThat(other.open(former, "c")).isEqualTo(SECRET);
        assertThat(vault.keys()).extracting(Vault.Key::primary).containsExactly(false, true);

        vault.remove(Keyset.sealingKey(former));

        assertThat(open("", file, true).keys()).hasSize(1);
        assertThatThrownBy(() -> vault.open(former, "c")).isInstanceOf(Vault.CannotOpen.class);
        assertThatThrownBy(() -> vault.remove(Keyset.sealingKey(fresh))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileThatBreaksWhileTheHubRunsLeavesTheLastKeysetInUse() throws Exception {
        var file = folder.resolve("keyset.json");
        var vault = open("", file, false);
        var sealed = vault.seal(SECRET, "c");

        Files.writeString(file, "hunter2 is no keyset");
        assertThat(vault.open(vault.seal(SECRET, "d"), "d")).isEqualTo(SECRET);
        Files.delete(file);

        assertThat(vault.open(sealed, "c")).isEqualTo(SECRET);
        assertThat(vault.seal(SECRET, "c")).isNotEmpty();
    }

    @Test
    void aGivenKeysetIsNotChangedByTheHub() {
        var vault = Vault.withKeyset(Vault.newKeyset());

        assertThat(vault.changeable()).isFalse();
        assertThatThrownBy(vault::rotate).isInstanceOf(IllegalStateException.class);
    }

    private static Vault open(String given, Path kept, boolean sealedExist) {
        return VaultConfiguration.open(given, kept, () -> sealedExist);
    }
}
