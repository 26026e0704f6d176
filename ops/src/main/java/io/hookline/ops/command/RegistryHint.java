package io.hookline.ops.command;

import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.RememberedDefaults;
import io.hookline.ops.kafka.OpsSettings;
import java.util.Map;

/** Says why a registry that {@code hookline dev} remembered is not used with the Kafka that was named. */
final class RegistryHint {
    private RegistryHint() {}

    /** Empty where none is remembered; else to be put behind a message that no registry is named. */
    static String of(Console console, Map<String, String> settings) {
        Map<String, String> remembered = RememberedDefaults.of(console).load();
        String registry = remembered.get(OpsSettings.REGISTRY_URL);
        if (registry == null) {
            return "";
        }
        return " The remembered " + registry + " goes with the remembered Kafka "
                + remembered.get(OpsSettings.BOOTSTRAP_SERVERS) + " only, and "
                + settings.get(OpsSettings.BOOTSTRAP_SERVERS) + " was named.";
    }
}
