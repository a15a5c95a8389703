package io.dayflow.hub.routing;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gathers the objects of a page in their order, for one transaction. */
@Component("pageAggregation")
public class PageAggregation implements AggregationStrategy {

    @Override
    @SuppressWarnings("unchecked")
    public Exchange aggregate(@Nullable Exchange page, Exchange object) {
        if (page == null) {
            List<Object> objects = new ArrayList<>();
            objects.add(object.getMessage().getBody());
            object.getMessage().setBody(objects);
            return object;
        }
        page.getMessage().getBody(List.class).add(object.getMessage().getBody());
        if (object.getException() != null) {
            page.setException(object.getException());
        }
        return page;
    }
}
