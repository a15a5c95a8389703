package io.dayflow.hub.web;

import io.dayflow.hub.connection.ConnectionCard;

/**
 * How a connection is, in one word.
 *
 * @param tone {@code good}, {@code working}, {@code attention}, {@code broken} or {@code idle}
 * @param key names the word
 */
public record Health(String tone, String key) {

    static Health of(ConnectionCard card, boolean running) {
        if (!card.active()) {
            return new Health("idle", "off");
        }
        if (card.status().equals("needs_reconnect")) {
            return new Health("broken", "reconnect");
        }
        if (running) {
            return new Health("working", "syncing");
        }
        if (!card.confirmed()) {
            return new Health("attention", "new");
        }
        var error = card.error();
        if (error == null) {
            return new Health("good", card.lastSyncAt() == null ? "ready" : "fresh");
        }
        return switch (error.code()) {
            case "held" -> new Health("attention", "held");
            case "partial" -> new Health("attention", "partial");
            case "transient" -> new Health("attention", "unreachable");
            case "rate_limited" -> new Health("attention", "slow");
            case "collection_vanished" -> new Health("attention", "vanished");
            default -> new Health("broken", "error");
        };
    }

    public boolean isTrouble() {
        return tone.equals("attention") || tone.equals("broken");
    }
}
