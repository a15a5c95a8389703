package io.dayflow.hub.security;

import io.dayflow.hub.CannotStart;
import io.dayflow.hub.storage.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals secrets for storage with AES-256-GCM. A sealed value opens only with the hub's keyset and only in the context it
 * was sealed for, so a row copied to another connection opens nothing. A change of a single bit is noticed.
 *
 * <p>The keyset may hold several keys: the primary one seals, every one opens. That is how keys are rotated. A keyset in a
 * file is read again when it changed there, so that several hubs go on while one of them rotates. Thread-safe.
 */
public final class Vault {

    private static final Logger log = LoggerFactory.getLogger(Vault.class);

    /**
     * A key, without the key.
     *
     * @param id as sealed values begin with it, from 0 to 4294967295
     * @param primary whether it seals
     * @param enabled whether it opens
     */
    public record Key(long id, boolean primary, boolean enabled) {}

    private record Loaded(Keyset keyset, @Nullable Object mark) {}

    private final KeysetPlace place;
    private volatile Loaded loaded;

    Vault(KeysetPlace place) {
        this.place = place;
        var mark = place.mark();
        this.loaded = new Loaded(place.read(), mark);
    }

    /** Opens a vault with a keyset in Tink's JSON form, or that in Base64. */
    static Vault withKeyset(String json) {
        return new Vault(new KeysetPlace.Given(Keyset.parse(json)));
    }

    /** A new keyset with one key, in Tink's JSON form: to be kept like a password. */
    static String newKeyset() {
        return Keyset.fresh().json();
    }

    /**
     * Seals a secret.
     *
     * @param plain what to seal
     * @param context the column and the row it belongs to, for example {@code connection:<id>}; the same is needed to open it
     */
    public byte[] seal(Secret plain, String context) {
        try {
            return present().seal(plain.reveal().getBytes(StandardCharsets.UTF_8), bytes(context));
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
            var keyset = loaded.keyset();
            if (!keyset.opens(Keyset.sealingKey(sealed))) {
                keyset = present();
            }
            return Secret.of(new String(keyset.open(sealed, bytes(context)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException refused) {
            throw new CannotOpen(context);
        }
    }

    /** The keys as they are now, in the order of the keyset. */
    public List<Key> keys() {
        return present().keys();
    }

    /** Where the keyset is kept: a file's path, or the name of the variable that holds it. */
    public String place() {
        return place.words();
    }

    /** Whether {@link #rotate} and {@link #remove} can be used: the keyset is in a file. */
    public boolean changeable() {
        return place instanceof KeysetPlace.InFile;
    }

    /**
     * Adds a key that seals from now on, here and, as soon as they look, in all hubs that share the file. Callers see to it
     * that nobody else changes the file meanwhile.
     *
     * @throws IllegalStateException where the keyset is not {@link #changeable}
     * @throws java.io.UncheckedIOException if the file cannot be written; everything stays as it was then
     */
    public void rotate() {
        change(Keyset::withNewPrimary);
    }

    /** Takes a key out of the file, as {@link #rotate} adds one. What it sealed opens no more. */
    public void remove(long id) {
        if (keys().stream().anyMatch(key -> key.id() == id && key.primary())) {
            throw new IllegalArgumentException("the primary key stays");
        }
        change(keyset -> keyset.without(id));
    }

    private synchronized void change(UnaryOperator<Keyset> how) {
        if (!(place instanceof KeysetPlace.InFile(var file))) {
            throw new IllegalStateException("the keyset is not in a file");
        }
        PrivateFile.write(file, how.apply(place.read()).json());
        read();
    }

    /** What is in the file now, at the price of a look at its date. */
    private Keyset present() {
        var known = loaded;
        return Objects.equals(place.mark(), known.mark()) ? known.keyset() : read();
    }

    private synchronized Keyset read() {
        var mark = place.mark();
        if (mark != null && !mark.equals(loaded.mark())) {
            try {
                loaded = new Loaded(place.read(), mark);
            } catch (CannotStart unusable) {
                log.warn("The keyset as last read stays in use: {}", unusable.getMessage());
                loaded = new Loaded(loaded.keyset(), mark);
            }
        }
        return loaded.keyset();
    }

    private static byte[] bytes(String context) {
        return context.getBytes(StandardCharsets.UTF_8);
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
