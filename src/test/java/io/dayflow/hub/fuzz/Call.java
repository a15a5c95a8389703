package io.dayflow.hub.fuzz;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A call of the REST interface, as the running application answers it. */
record Call(String method, String path, List<String> variables, List<String> parameters, Type body) {

    /** Every call below a path, but the stream that does not end. */
    static List<Call> below(String start, RequestMappingHandlerMapping mappings) {
        return mappings.getHandlerMethods().entrySet().stream()
                .flatMap(entry -> entry.getKey().getPatternValues().stream()
                        .filter(path -> path.startsWith(start) && !path.endsWith("/events"))
                        .flatMap(path -> methods(entry.getKey()).map(method -> of(method, path, entry.getValue()))))
                .sorted(Comparator.comparing(Call::path).thenComparing(Call::method))
                .toList();
    }

    private static Call of(String method, String path, HandlerMethod handler) {
        var parameters = Arrays.asList(handler.getMethodParameters());
        return new Call(
                method,
                path,
                parameters.stream()
                        .filter(p -> p.hasParameterAnnotation(PathVariable.class))
                        .map(Call::name)
                        .toList(),
                parameters.stream()
                        .filter(p -> p.hasParameterAnnotation(RequestParam.class))
                        .map(Call::name)
                        .toList(),
                parameters.stream()
                        .filter(p -> p.hasParameterAnnotation(RequestBody.class))
                        .map(MethodParameter::getGenericParameterType)
                        .findFirst()
                        .orElse(Void.class));
    }

    private static String name(MethodParameter parameter) {
        return parameter.getParameter().getName();
    }

    private static Stream<String> methods(RequestMappingInfo info) {
        var methods = info.getMethodsCondition().getMethods();
        return methods.isEmpty() ? Stream.of("GET") : methods.stream().map(RequestMethod::name);
    }

    boolean hasBody() {
        return body != Void.class;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
