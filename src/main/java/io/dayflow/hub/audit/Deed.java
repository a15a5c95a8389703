package io.dayflow.hub.audit;

/** What people and the hub do to a user's things, as the trail calls it. Features may have further words of their own. */
public enum Deed {
    CONNECTION_MADE("connection.made"),
    CONNECTION_REFUSED("connection.refused"),
    CONNECTION_RECONNECTED("connection.reconnected"),
    CONNECTION_RENAMED("connection.renamed"),
    CONNECTION_SWITCHED_ON("connection.switched_on"),
    CONNECTION_SWITCHED_OFF("connection.switched_off"),
    CONNECTION_DISCONNECTED("connection.disconnected"),
    CONSENT_ASKED("consent.asked"),
    CONSENT_GIVEN("consent.given"),
    CONSENT_ABANDONED("consent.abandoned"),
    CONSENT_REFUSED("consent.refused"),
    CREDENTIALS_STORED("credentials.stored"),
    CREDENTIALS_REFRESHED("credentials.refreshed"),
    CREDENTIALS_REFUSED("credentials.refused"),
    SETTINGS_CHANGED("settings.changed"),
    COLLECTIONS_SELECTED("collections.selected"),
    CONFLICT_DECIDED("conflict.decided"),
    CONFLICT_DECIDED_ALWAYS("conflict.decided_always"),
    CONFLICT_BROUGHT_BACK("conflict.brought_back"),
    CONFLICT_SETTLED("conflict.settled"),
    SYNC_ASKED("sync.asked"),
    SYNC_PREVIEWED("sync.previewed"),
    SYNC_PAUSED("sync.paused"),
    SYNC_RESUMED("sync.resumed"),
    SYNC_CANCELLED("sync.cancelled"),
    SYNC_CONFIRMED("sync.confirmed"),
    SYNC_UNDONE("sync.undone"),
    UNDO_PREVIEWED("undo.previewed"),
    WRITE_UNDONE("write.undone"),
    ITEM_RESTORED("item.restored"),
    LETTER_REPLAYED("dead_letter.replayed"),
    LETTER_DISCARDED("dead_letter.discarded"),
    KEY_ADDED("keyset.rotated"),
    KEY_REMOVED("keyset.key_removed"),
    WEBHOOK_SECRET_ROTATED("webhook.secret_rotated"),
    ENDPOINT_CREATED("endpoint.created"),
    ENDPOINT_CHANGED("endpoint.changed"),
    ENDPOINT_DELETED("endpoint.deleted"),
    ENDPOINT_SECRET_ROTATED("endpoint.secret_rotated"),
    ALERT_ACKNOWLEDGED("alert.acknowledged"),
    DATA_EXPORTED("data.exported"),
    ERASURE_ASKED("data.erasure-asked"),
    COMPLIANCE_READ("compliance.read"),
    AUDIT_EXPORTED("audit.exported"),
    AUDIT_VERIFIED("audit.verified"),
    OPERATOR_ACTS_FOR("operator.acts_for"),
    OPERATOR_LOOKED("operator.looked"),
    ACCESS_REFUSED("access.refused"),
    SIGNED_IN("sign_in.done"),
    SIGN_IN_REFUSED("sign_in.refused"),
    SIGNED_OUT("sign_out.done"),
    SESSION_ENDED("session.ended"),
    PASSWORD_CHANGED("password.changed"),
    ACCOUNT_MADE("account.made"),
    ACCOUNT_CHANGED("account.changed"),
    ACCOUNT_DISABLED("account.disabled"),
    ACCOUNT_ENABLED("account.enabled"),
    ACCOUNT_LINKED("account.linked"),
    TOKEN_MADE("token.made"),
    TOKEN_REVOKED("token.revoked");

    private final String id;

    Deed(String id) {
        this.id = id;
    }

    /** As it stands in the trail: noun and verb. */
    public String id() {
        return id;
    }
}
