package io.dayflow.hub.mapping;

import java.util.Set;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;
import org.jspecify.annotations.Nullable;

/** The functions that every document may call: those of jq, less what tells of this machine, and ours. Made once. */
final class JqScope {

    static final Version VERSION = Versions.JQ_1_7;

    /** Functions of the engine's that have one value if their arguments do. */
    private static final Set<String> OF_THE_ENGINE = Set.of(
            "not/0",
            "tojson/0",
            "fromjson/0",
            "tostring/0",
            "tonumber/0",
            "length/0",
            "keys/0",
            "add/0",
            "index/1",
            "type/0",
            "has/1",
            "startswith/1",
            "endswith/1",
            "contains/1",
            "ltrimstr/1",
            "rtrimstr/1",
            "split/1",
            "join/1",
            "unique/0");

    private static final Scope ROOT = root();

    private JqScope() {}

    static Scope child() {
        return Scope.newChildScope(ROOT);
    }

    static boolean knows(String function, int arguments) {
        return function(function, arguments) != null;
    }

    /** What a document calls by that name, if it does not define another; null if there is none. */
    static @Nullable Function function(String name, int arguments) {
        return ROOT.getFunction(name, arguments);
    }

    /** Whether what the engine has under that {@code name/arguments} has one value if its arguments do. */
    static boolean hasOneValue(String function) {
        return OF_THE_ENGINE.contains(function);
    }

    private static Scope root() {
        Scope root = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(JqScope.class.getClassLoader(), VERSION, root);
        Functions.addTo(root);
        return root;
    }
}
