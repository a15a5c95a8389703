/**
 * An authorization server for every service that has OAuth: Spring's, made to speak as each service does, with a page on
 * which its made-up users allow or deny. What it asks of clients is said here, apart from what the hub believes of a service.
 */
@NullMarked
package io.dayflow.hub.sandbox.oauth;

import org.jspecify.annotations.NullMarked;
