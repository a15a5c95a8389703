package io.dayflow.hub.scenario;

import io.dayflow.hub.server.CalDavStandIn;
import io.dayflow.hub.server.Radicale;
import io.dayflow.hub.server.Xandikos;
import java.net.URI;
import java.util.UUID;

/** A server with accounts to connect to. */
interface CalendarServer {

    /** Somebody with an account. */
    record Person(String user, String password) {}

    /** What a user would type. */
    URI baseUrl();

    /** An account of one's own where the server has accounts, else the one that there is. */
    Person person();

    static CalendarServer of(Radicale radicale) {
        return new CalendarServer() {
            @Override
            public URI baseUrl() {
                return radicale.baseUrl();
            }

            @Override
            public Person person() {
                Person person = new Person("p" + UUID.randomUUID().toString().substring(0, 8), Radicale.PASSWORD);
                radicale.user(person.user(), person.password());
                return person;
            }
        };
    }

    static CalendarServer of(Xandikos xandikos) {
        return new Only(xandikos.baseUrl(), new Person(Radicale.USER, Radicale.PASSWORD));
    }

    static CalendarServer of(CalDavStandIn standIn) {
        return new Only(standIn.baseUrl(), new Person(CalDavStandIn.USER, CalDavStandIn.PASSWORD));
    }

    /** A server with one account. */
    record Only(URI baseUrl, Person person) implements CalendarServer {}
}
