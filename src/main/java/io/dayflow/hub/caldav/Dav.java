package io.dayflow.hub.caldav;

import io.dayflow.hub.provider.Fault;
import io.dayflow.hub.provider.FaultException;
import javax.xml.namespace.QName;

/** The XML names of WebDAV and its relatives, and the faults that this package throws. */
final class Dav {

    static final String DAV = "DAV:";
    static final String CALDAV = "urn:ietf:params:xml:ns:caldav";
    static final String CALENDARSERVER = "http://calendarserver.org/ns/";
    static final String APPLE = "http://apple.com/ns/ical/";

    static final QName MULTISTATUS = dav("multistatus");
    static final QName RESPONSE = dav("response");
    static final QName PROPSTAT = dav("propstat");
    static final QName PROP = dav("prop");
    static final QName STATUS = dav("status");
    static final QName ERROR = dav("error");
    static final QName HREF = dav("href");
    static final QName SYNC_TOKEN = dav("sync-token");
    static final QName ETAG = dav("getetag");
    static final QName RESOURCE_TYPE = dav("resourcetype");
    static final QName DISPLAY_NAME = dav("displayname");
    static final QName PRINCIPAL = dav("current-user-principal");
    static final QName PRIVILEGES = dav("current-user-privilege-set");
    static final QName REPORTS = dav("supported-report-set");
    static final QName HOME = caldav("calendar-home-set");
    static final QName ADDRESSES = caldav("calendar-user-address-set");
    static final QName OUTBOX = caldav("schedule-outbox-URL");
    static final QName COMPONENTS = caldav("supported-calendar-component-set");
    static final QName TIMEZONE = caldav("calendar-timezone");
    static final QName MAX_SIZE = caldav("max-resource-size");
    static final QName DATA = caldav("calendar-data");
    static final QName CALENDAR = caldav("calendar");
    static final QName CTAG = new QName(CALENDARSERVER, "getctag");
    static final QName COLOUR = new QName(APPLE, "calendar-color");

    private Dav() {}

    static QName dav(String name) {
        return new QName(DAV, name);
    }

    static QName caldav(String name) {
        return new QName(CALDAV, name);
    }

    static FaultException unreadable(String message) {
        return new FaultException(new Fault.Unreadable(message));
    }

    static FaultException rejected(String message) {
        return new FaultException(new Fault.Rejected(message));
    }
}
