package io.dayflow.hub.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Signing in by name and password. */
@Configuration(proxyBeanMethods = false)
class PasswordSignIn {

    private static final String WAY = "bcrypt-sha256";

    /** Hashes name their way, so that another can be taken later; those of older hubs name none. */
    @Bean
    static PasswordEncoder passwordEncoder() {
        var bcrypt = new AnyLengthBcrypt();
        var encoder = new DelegatingPasswordEncoder(WAY, Map.of(WAY, bcrypt, "bcrypt", new BCryptPasswordEncoder()));
        encoder.setDefaultPasswordEncoderForMatches(bcrypt);
        return encoder;
    }

    /**
     * HubAccounts that may sign in by a password. For others there is none, so that Spring spends the time of a comparison for
     * them as for names that nobody has.
     */
    @Bean
    UserDetailsService accountsByName(HubAccounts accounts) {
        return name -> accounts.byName(name)
                .filter(account -> account.enabled() && account.passwordHash() != null)
                .map(AccountDetails::new)
                .orElseThrow(() -> new UsernameNotFoundException("no such account"));
    }

    @Bean
    AuthenticationProvider passwordProvider(UserDetailsService accountsByName, PasswordEncoder encoder) {
        var provider = new DaoAuthenticationProvider(accountsByName);
        provider.setPasswordEncoder(encoder);
        return provider;
    }

    /** Bcrypt reads 72 bytes at most; digesting first lets every character of a long password count. */
    static final class AnyLengthBcrypt implements PasswordEncoder {

        private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();

        @Override
        public String encode(CharSequence password) {
            return bcrypt.encode(digest(password));
        }

        @Override
        public boolean matches(CharSequence password, @Nullable String hash) {
            return bcrypt.matches(digest(password), hash);
        }

        private static String digest(CharSequence password) {
            try {
                var bytes = password.toString().getBytes(StandardCharsets.UTF_8);
                return Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
