package io.dayflow.hub.refusal;

/** The service was asked and said no, for example to credentials: 422 with the service's reason. */
public final class RefusedByService extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code a short name of the reason, for programs
     * @param message the reason, for people
     */
    public RefusedByService(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
