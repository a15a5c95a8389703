package io.dayflow.hub.oauth;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.MultiValueMap;

/** Writes the parameters of a request for tokens as a JSON object, for services that want them so. */
final class JsonForm extends AbstractHttpMessageConverter<MultiValueMap<String, String>> {

    private static final ObjectMapper JSON = new ObjectMapper();

    JsonForm() {
        super(MediaType.APPLICATION_JSON);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return MultiValueMap.class.isAssignableFrom(type);
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType media) {
        return false;
    }

    @Override
    protected MultiValueMap<String, String> readInternal(
            Class<? extends MultiValueMap<String, String>> type, HttpInputMessage input) {
        throw new HttpMessageNotReadableException("requests are only written", input);
    }

    @Override
    protected void writeInternal(MultiValueMap<String, String> parameters, HttpOutputMessage output)
            throws IOException {
        Map<String, String> single = parameters.toSingleValueMap();
        output.getBody().write(JSON.writeValueAsBytes(single));
    }
}
