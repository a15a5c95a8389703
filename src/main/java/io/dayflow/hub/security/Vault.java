package io.dayflow.hub.security;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.dayflow.hub.CannotStart;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Seals secrets for storage with AES-256-GCM. A sealed value opens only with the hub's keyset and only in the context it
 * was sealed for, so a row copied to another connection opens nothing. A change of a single bit is noticed.
 *
 * <p>The keyset may hold several keys: the primary one seals, every one opens. That is how keys are rotated.
 */
public final class Vault {

    private final Aead aead;

    private Vault(Aead aead) {
        this.aead = aead;
    }

    /** Opens a vault with a keyset in Tink's JSON form. */
    static Vault withKeyset(String json) {
        try {
            AeadConfig.register();
            return new Vault(TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get())
                    .getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException unreadable) {
            // The cause may quote the keyset: it stays here.
            throw new CannotStart("The keyset is not one of AES-GCM keys in Tink's JSON form");
        }
    }

    /** A new keyset with one key, in Tink's JSON form: to be kept like a password. */
    static String newKeyset() {
        try {
            AeadConfig.register();
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java cannot make AES keys", impossible);
        }
    }

    /**
     * Seals a secret.
     *
     * @param plain what to seal
     * @param context what it belongs to, for example {@code connection:<id>}; the same is needed to open it
     */
    public byte[] seal(Secret plain, String context) {
        try {
            return aead.encrypt(
                    plain.reveal().getBytes(StandardCharsets.UTF_8), context.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Sealing failed", impossible);
        }
    }

    /**
     * Opens what {@link #seal} made for the same context.
     *
     * @throws CannotOpen when keyset or context are others, or the value was changed
     */
    public Secret open(byte[] sealed, String context) {
        try {
            return Secret.of(
                    new String(aead.decrypt(sealed, context.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException refused) {
            throw new CannotOpen(context);
        }
    }

    /** A sealed value does not open: with this keyset, in this context. */
    public static final class CannotOpen extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CannotOpen(String context) {
            super("The stored secret of " + context + " does not open with the present keyset. Put the keyset back that"
                    + " sealed it (HUB_ENCRYPTION_KEYSET, or keyset.json in the data folder), or connect again");
        }
    }
}
