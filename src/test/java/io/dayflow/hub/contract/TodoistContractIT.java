package io.dayflow.hub.contract;

import java.util.List;
import java.util.Map;

class TodoistContractIT extends ProviderContract {

    @Override
    String service() {
        return "todoist";
    }

    @Override
    String table() {
        return "tasks";
    }

    @Override
    String notes() {
        return "notes";
    }

    @Override
    Map<String, Object> fields() {
        return Map.of("due", "2026-12-24", "labels", List.of("home"));
    }

    @Override
    Map<String, Object> columns() {
        return Map.of();
    }

    @Override
    boolean hasWebhooks() {
        return true;
    }
}
