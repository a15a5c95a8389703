package io.dayflow.hub.storage;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL's address and the account to use there. Neither its text nor any error about it shows the password.
 *
 * @param hosts one or more {@code host[:port]}, joined by commas
 * @param database the database's name
 * @param user the account, or null for the driver's default
 * @param password the password, or null for none
 * @param parameters the driver's parameters, by the driver's names
 */
record DatabaseUrl(
        String hosts,
        String database,
        @Nullable String user,
        @Nullable String password,
        Map<String, String> parameters) {

    private static final String ACCEPTED =
            "Accepted are postgresql://user:password@host:port/database?parameters, the same with postgres://, and"
                    + " jdbc:postgresql://host:port/database?user=…&password=…"
                    + " (special characters in user and password percent-encoded, for example %40 for @)";

    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?");

    /** What libpq calls it, and what the JDBC driver calls it. */
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding");

    DatabaseUrl {
        parameters = Map.copyOf(parameters);
    }

    /** Reads what operators put into {@code DATABASE_URL}. */
    static DatabaseUrl parse(String text) {
        var url = text.strip();
        for (var scheme : new String[] {"jdbc:postgresql://", "postgresql://", "postgres://"}) {
            if (url.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return parseRest(url.substring(scheme.length()));
            }
        }
        throw refused("it does not begin with postgresql://, postgres:// or jdbc:postgresql://");
    }

    private static DatabaseUrl parseRest(String rest) {
        int question = rest.indexOf('?');
        var place = question < 0 ? rest : rest.substring(0, question);
        var parameters = parameters(question < 0 ? "" : rest.substring(question + 1));
        var user = parameters.remove("user");
        var password = parameters.remove("password");

        int at = place.lastIndexOf('@');
        if (at >= 0) {
            var account = place.substring(0, at);
            int colon = account.indexOf(':');
            user = decoded(colon < 0 ? account : account.substring(0, colon), "the user");
            password = colon < 0 ? password : decoded(account.substring(colon + 1), "the password");
        }
        var target = place.substring(at + 1);
        int slash = target.indexOf('/');
        var hosts = slash < 0 ? target : target.substring(0, slash);
        var database = slash < 0 ? "" : decoded(target.substring(slash + 1), "the database's name");
        for (var host : hosts.split(",", -1)) {
            checkHost(host);
        }
        if (database.isEmpty() || database.contains("/")) {
            throw refused("it does not name a database after the host");
        }
        return new DatabaseUrl(hosts, database, user == null || user.isEmpty() ? null : user, password, parameters);
    }

    private static void checkHost(String host) {
        var matcher = HOST.matcher(host);
        if (!matcher.matches()) {
            throw refused("the part between @ and / is not host:port");
        }
        var port = matcher.group(2);
        if (port != null && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535)) {
            throw refused("its port is not between 1 and 65535");
        }
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                var name = decoded(pair.substring(0, equals), "a parameter's name");
                var value = decoded(pair.substring(equals + 1), "a parameter's value");
                parameters.put(DRIVER_NAMES.getOrDefault(name, name), value);
            } else if (!pair.isEmpty()) {
                throw refused("a parameter is not name=value");
            }
        }
        return parameters;
    }

    private static String decoded(String text, String what) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) == '%') {
                boolean whole = i + 2 < text.length();
                int high = whole ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = whole ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw refused(what + " has a % that two hexadecimal digits do not follow");
                }
                bytes.write(high * 16 + low);
                i += 3;
            } else {
                int point = text.codePointAt(i);
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(point);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("DATABASE_URL is not understood: " + why + ". " + ACCEPTED + ".");
    }

    /** The same account at the same server, another database. */
    DatabaseUrl withDatabase(String other) {
        return new DatabaseUrl(hosts, other, user, password, parameters);
    }

    /** For the driver; without user and password, which travel beside it. */
    String jdbcUrl() {
        return "jdbc:postgresql://" + hosts + "/" + encoded(database) + query();
    }

    /** As an operator would write it, with the password: never for a log. */
    String revealed() {
        var account = user == null ? "" : encoded(user) + (password == null ? "" : ":" + encoded(password)) + "@";
        return "postgresql://" + account + hosts + "/" + encoded(database) + query();
    }

    private String query() {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .sorted()
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "postgresql://" + (user == null ? "" : user + "@") + hosts + "/" + database;
    }
}
