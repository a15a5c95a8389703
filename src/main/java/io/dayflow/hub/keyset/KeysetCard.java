package io.dayflow.hub.keyset;

import java.util.List;

/**
 * The keyset as an operator sees it.
 *
 * @param place the file that it is kept in, or {@code HUB_ENCRYPTION_KEYSET}
 * @param rotatable whether the hub can rotate it by itself: it is kept in a file
 * @param waiting values that are still to be sealed anew with the primary key
 */
public record KeysetCard(String place, boolean rotatable, long waiting, List<KeyCard> keys) {}
