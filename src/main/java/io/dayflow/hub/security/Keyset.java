package io.dayflow.hub.security;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyStatus;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.dayflow.hub.CannotStart;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keys of AES-256-GCM whose output begins with the key's id: the primary one seals, every enabled one opens. Immutable and
 * thread-safe. Never shows its keys but by {@link #json()}.
 */
final class Keyset {

    private static final int PREFIX = 5;
    private static final int BYTES = 32;

    private final KeysetHandle handle;
    private final Aead aead;
    private final List<Vault.Key> keys;
    private final Set<Long> opening;

    private Keyset(KeysetHandle handle) throws GeneralSecurityException {
        var found = new ArrayList<Vault.Key>();
        for (int i = 0; i < handle.size(); i++) {
            var entry = handle.getAt(i);
            if (!(entry.getKey() instanceof AesGcmKey key)
                    || key.getParameters().getKeySizeBytes() != BYTES
                    || key.getParameters().getVariant() != AesGcmParameters.Variant.TINK) {
                throw new GeneralSecurityException("another kind of key");
            }
            found.add(new Vault.Key(
                    Integer.toUnsignedLong(entry.getId()),
                    entry.isPrimary(),
                    entry.getStatus().equals(KeyStatus.ENABLED)));
        }
        this.handle = handle;
        this.aead = handle.getPrimitive(RegistryConfiguration.get(), Aead.class);
        this.keys = List.copyOf(found);
        this.opening =
                found.stream().filter(Vault.Key::enabled).map(Vault.Key::id).collect(Collectors.toUnmodifiableSet());
    }

    /** Of Tink's JSON form, or that in Base64. */
    static Keyset parse(String text) {
        try {
            AeadConfig.register();
            var json = json(text);
            if (json != null) {
                return new Keyset(TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get()));
            }
        } catch (GeneralSecurityException | RuntimeException unreadable) {
            // The cause may quote the keyset: it stays here.
        }
        throw new CannotStart("The keyset is not one of AES-256-GCM keys (Tink's type AES256_GCM) in Tink's JSON form,"
                + " or that in Base64");
    }

    /** The JSON in a text that is it, or is its Base64; null where it is neither. */
    static @Nullable String json(String text) {
        var stripped = text.strip();
        if (stripped.startsWith("{")) {
            return stripped;
        }
        try {
            var decoded = new String(Base64.getMimeDecoder().decode(stripped), StandardCharsets.UTF_8).strip();
            return stripped.matches("[A-Za-z0-9+/=\\s]+") && decoded.startsWith("{") ? decoded : null;
        } catch (IllegalArgumentException neither) {
            return null;
        }
    }

    /** With one new key. */
    static Keyset fresh() {
        return built(() -> {
            AeadConfig.register();
            return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        });
    }

    /** The same with one more key, which seals from now on. */
    Keyset withNewPrimary() {
        return built(() -> KeysetHandle.newBuilder(handle)
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build());
    }

    /** The same without a key that is not the primary one. */
    Keyset without(long id) {
        return built(() -> {
            var builder = KeysetHandle.newBuilder(handle);
            for (int i = handle.size() - 1; i >= 0; i--) {
                if (Integer.toUnsignedLong(handle.getAt(i).getId()) == id) {
                    builder.deleteAt(i);
                }
            }
            return builder.build();
        });
    }

    /** In Tink's JSON form: to be kept like a password. */
    String json() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(handle, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("A keyset has no JSON form", impossible);
        }
    }

    List<Vault.Key> keys() {
        return keys;
    }

    boolean opens(long id) {
        return opening.contains(id);
    }

    byte[] seal(byte[] plain, byte[] context) throws GeneralSecurityException {
        return aead.encrypt(plain, context);
    }

    byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
        return aead.decrypt(sealed, context);
    }

    /** The id of the key that sealed a value, or -1 where the value is no sealed one. */
    static long sealingKey(byte[] sealed) {
        if (sealed.length <= PREFIX || sealed[0] != 1) {
            return -1;
        }
        long id = 0;
        for (int i = 1; i < PREFIX; i++) {
            id = id << 8 | sealed[i] & 0xff;
        }
        return id;
    }

    private interface Making {
        KeysetHandle handle() throws GeneralSecurityException;
    }

    private static Keyset built(Making making) {
        try {
            return new Keyset(making.handle());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java cannot make AES keys", impossible);
        }
    }
}
