package io.dayflow.hub.provider;

import java.util.Map;

/**
 * What {@code <provider>.connect} answers: the account that the credentials open.
 *
 * @param account how the account is named there
 * @param address the address in its final form, as {@link ConnectionRef#address()} will carry it
 * @param endpoints what later calls need
 */
public record FoundAccount(String account, String address, Map<String, String> endpoints) {}
