package io.dayflow.hub.provider;

/** Whether the jq that a provider's file names or holds can be used. Thread-safe. */
public interface MappingCheck {

    /** Takes everything. */
    MappingCheck NONE = new MappingCheck() {
        @Override
        public void document(String name) {}

        @Override
        public void expression(String source) {}
    };

    /** @throws IllegalArgumentException with the reason, if there is no such document or it is broken */
    void document(String name);

    /** @throws IllegalArgumentException with the reason, if it is no jq */
    void expression(String source);
}
