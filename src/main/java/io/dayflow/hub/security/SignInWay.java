package io.dayflow.hub.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** A way to sign in to the pages beside the one by name and password. Offered as a bean, it is joined to their chain. */
@FunctionalInterface
public interface SignInWay {

    /** Joins the way to the chain of the pages, before that chain is finished. */
    void into(HttpSecurity http) throws Exception;
}
