package io.dayflow.hub.security;

import io.dayflow.hub.storage.DataFolder;
import io.dayflow.hub.storage.PrivateFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * The operator {@code admin}: with the password of {@code HUB_ADMIN_PASSWORD}, else with one that is made and logged once
 * on the first start and of which the data folder keeps a hash only.
 */
@Configuration(proxyBeanMethods = false)
class OperatorAccount {

    static final String NAME = "admin";
    static final String ROLE = "OPERATOR";
    private static final Logger log = LoggerFactory.getLogger(OperatorAccount.class);

    @Bean
    PasswordEncoder passwordEncoder() {
        return new AnyLengthBcrypt();
    }

    @Bean
    UserDetailsService operatorAccounts(Environment environment, DataFolder folder, PasswordEncoder encoder) {
        var given = environment.getProperty("HUB_ADMIN_PASSWORD", "");
        var hash = given.isBlank() ? keptHash(folder, encoder) : encoder.encode(given);
        return new InMemoryUserDetailsManager(
                User.withUsername(NAME).password(hash).roles(ROLE).build());
    }

    /** The only bean of its kind: with a second one Spring Security would take none of them. */
    @Bean
    AuthenticationProvider passwordSignIn(UserDetailsService accounts, PasswordEncoder encoder) {
        var provider = new DaoAuthenticationProvider(accounts);
        provider.setPasswordEncoder(encoder);
        return provider;
    }

    private static String keptHash(DataFolder folder, PasswordEncoder encoder) {
        var file = folder.resolve("operator-password-hash");
        return PrivateFile.readOrCreate(file, () -> {
                    var password = RandomText.password();
                    log.info(
                            "Made a password for the operator '{}', shown only this once: {} (delete {} to get a new one)",
                            NAME,
                            password,
                            file);
                    return encoder.encode(password);
                })
                .strip();
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
