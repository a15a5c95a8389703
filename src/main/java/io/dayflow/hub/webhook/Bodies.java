package io.dayflow.hub.webhook;

import io.dayflow.hub.refusal.BodyTooLarge;
import io.dayflow.hub.webhook.WebhookRefused.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * Reads bodies of callers who have not yet proved who they are: no more than {@link #LIMIT} bytes of each, no more than a
 * few large ones at once, and none that drips in for ever. Thread-safe.
 */
@Component
class Bodies {

    /** 1 MiB. */
    static final int LIMIT = 1024 * 1024;

    private static final int SMALL = 64 * 1024;
    private static final int FIRST = 4 * 1024;

    private final Semaphore large;
    private final long longest;

    Bodies(WebhookSettings settings) {
        this.large = new Semaphore(settings.largeBodies());
        this.longest = settings.readTimeout().toNanos();
    }

    /**
     * The whole body.
     *
     * @param announced its length as the request says; negative where it says none
     * @throws WebhookRefused if it is too large, too slow or cut off, or if there is no room for it now
     */
    byte[] read(InputStream in, long announced) {
        if (announced > LIMIT) {
            throw tooLarge();
        }
        long begun = System.nanoTime();
        boolean counted = false;
        try {
            // one byte more than announced, so that its end shows without another array
            byte[] bytes = new byte[announced >= 0 && announced < SMALL ? (int) announced + 1 : FIRST];
            int length = 0;
            while (true) {
                int read = in.read(bytes, length, bytes.length - length);
                if (read < 0) {
                    return Arrays.copyOf(bytes, length);
                }
                length += read;
                if (length > LIMIT) {
                    throw tooLarge();
                }
                if (System.nanoTime() - begun > longest) {
                    throw new WebhookRefused(Reason.TOO_SLOW, "The body took too long to arrive.");
                }
                if (length == bytes.length) {
                    if (length >= SMALL && !counted) {
                        counted = large.tryAcquire();
                        if (!counted) {
                            throw new WebhookRefused(
                                    Reason.UNAVAILABLE, "Too many large bodies at once; send it again.");
                        }
                    }
                    bytes = Arrays.copyOf(bytes, Math.min(LIMIT + 1, Math.max(FIRST, length * 2)));
                }
            }
        } catch (BodyTooLarge e) {
            throw tooLarge();
        } catch (IOException e) {
            throw new WebhookRefused(Reason.UNREADABLE, "The body did not arrive whole.");
        } finally {
            if (counted) {
                large.release();
            }
        }
    }

    private static WebhookRefused tooLarge() {
        return new WebhookRefused(Reason.TOO_LARGE, "The body is larger than " + LIMIT + " bytes.");
    }
}
