package io.dayflow.hub.mapping;

import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Version;
import net.thisptr.jackson.jq.Versions;

/** The functions that every document may call: those of jq, less what tells of this machine, and ours. Made once. */
final class JqScope {

    static final Version VERSION = Versions.JQ_1_7;

    private static final Scope ROOT = root();

    private JqScope() {}

    static Scope child() {
        return Scope.newChildScope(ROOT);
    }

    static boolean knows(String function, int arguments) {
        return ROOT.getFunction(function, arguments) != null;
    }

    private static Scope root() {
        Scope root = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(JqScope.class.getClassLoader(), VERSION, root);
        Functions.addTo(root);
        return root;
    }
}
