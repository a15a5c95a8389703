package io.dayflow.hub.oauth;

/** What a service sent back does not belong to anything that this user began here. */
public final class WrongState extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why not. */
    public enum Reason {
        /** Nobody, or somebody else, or for another service, began it. */
        UNKNOWN("belongs to nothing that was begun here"),
        /** It was begun in another session, or over REST and ends on a page, or the other way round. */
        ELSEWHERE("was begun in another session"),
        /** It was used before. */
        USED("was used already"),
        /** Too much time went by. */
        EXPIRED("has expired"),
        /** Another server than the one that was asked answered (RFC 9207). */
        ISSUER("comes from another server than the one that was asked");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** The rest of a sentence that begins with what was sent back. */
        public String words() {
            return words;
        }
    }

    private final Reason reason;

    WrongState(Reason reason) {
        super("The answer " + reason.words() + ". Begin again.");
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
