package io.dayflow.hub.routing;

import io.dayflow.hub.caldav.CalendarObjects;
import io.dayflow.hub.caldav.ICalendarText;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the bean that the routes of CalDAV name. */
@Configuration(proxyBeanMethods = false)
class CalDavConfiguration {

    @Bean("caldav")
    CalDavSteps caldav(Clock clock) {
        return new CalDavSteps(new CalendarObjects(new ICalendarText(), clock));
    }
}
