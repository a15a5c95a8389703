package io.dayflow.hub.webhook;

/** A delivery that is not taken. The message is for the caller and tells nothing that the caller did not bring. */
public final class WebhookRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    WebhookRefused(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why, with the status of the answer and the last part of its problem type. */
    public enum Reason {
        NOT_FOUND(404, "not-found", "Not Found"),
        METHOD(405, "method-not-allowed", "Method Not Allowed"),
        TOO_LARGE(413, "too-large", "Payload Too Large"),
        UNSIGNED(401, "unauthenticated", "Unauthorized"),
        UNREADABLE(400, "invalid-request", "Bad Request"),
        TOO_SLOW(408, "too-slow", "Request Timeout"),
        /** Nothing is wrong with it: it has to be sent again. */
        UNAVAILABLE(503, "unavailable", "Service Unavailable");

        private final int status;
        private final String type;
        private final String title;

        Reason(int status, String type, String title) {
            this.status = status;
            this.type = type;
            this.title = title;
        }

        public int status() {
            return status;
        }

        public String type() {
            return type;
        }

        public String title() {
            return title;
        }
    }
}
