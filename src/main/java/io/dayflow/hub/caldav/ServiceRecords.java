package io.dayflow.hub.caldav;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.regex.Pattern;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.Attributes;
import javax.naming.directory.InitialDirContext;
import org.jspecify.annotations.Nullable;

/**
 * The CalDAV server that a domain names in DNS: {@code _caldavs._tcp} with the path in its TXT record (RFC 6764
 * sections 3 and 4). Only the encrypted service is looked for. Answers nothing where DNS does not answer within two seconds.
 */
public final class ServiceRecords {

    private static final String PATH = "path=";

    /** A host name of several labels, the last of which is no number. */
    private static final Pattern DOMAIN = Pattern.compile("([A-Za-z0-9-]+\\.)+[A-Za-z][A-Za-z0-9-]*");

    private ServiceRecords() {}

    /** The URL of the server with the lowest priority value, or nothing. */
    @SuppressWarnings("BanJNDI") // the DNS service provider reads records and deserializes nothing
    public static List<URI> of(String domain) {
        if (!DOMAIN.matcher(domain).matches()) {
            return List.of();
        }
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("com.sun.jndi.dns.timeout.initial", "1000");
        environment.put("com.sun.jndi.dns.timeout.retries", "1");
        try {
            InitialDirContext context = new InitialDirContext(environment);
            try {
                Attributes found = context.getAttributes("_caldavs._tcp." + domain, new String[] {"SRV", "TXT"});
                return url(values(found.get("SRV")), values(found.get("TXT")));
            } finally {
                context.close();
            }
        } catch (NamingException e) {
            return List.of();
        }
    }

    /** From lines like {@code 0 1 443 caldav.example.com.} and texts like {@code path=/dav/}. */
    static List<URI> url(List<String> services, List<String> texts) {
        String path = texts.stream()
                .map(text -> text.replace("\"", ""))
                .filter(text -> text.startsWith(PATH + "/"))
                .map(text -> text.substring(PATH.length()))
                .findFirst()
                .orElse("/.well-known/caldav");
        return services.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length == 4
                        && (words[0] + words[2]).matches("[0-9]{2,10}")
                        && words[3].matches("[\\w.-]{2,}"))
                .sorted(Comparator.comparingInt(words -> Integer.parseInt(words[0])))
                .map(words ->
                        URI.create("https://" + words[3].replaceAll("\\.$", "") + ":" + words[2] + Href.encode(path)))
                .limit(1)
                .toList();
    }

    private static List<String> values(@Nullable Attribute attribute) throws NamingException {
        if (attribute == null) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        NamingEnumeration<?> all = attribute.getAll();
        while (all.hasMore()) {
            values.add(String.valueOf(all.next()));
        }
        return values;
    }
}
