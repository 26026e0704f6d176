package io.hookline.ops.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@link ExitCode} in words, for every command's help. */
final class ExitCodes {
    static final Map<String, String> LIST = list();

    private ExitCodes() {}

    private static Map<String, String> list() {
        Map<String, String> codes = new LinkedHashMap<>();
        put(codes, ExitCode.OK, "done");
        put(codes, ExitCode.FAILED, "failed, or a check found problems");
        put(codes, ExitCode.USAGE, "arguments, a file or a document cannot be used; nothing was changed");
        put(codes, ExitCode.NOT_FOUND, "what was named does not exist");
        put(codes, ExitCode.UNREACHABLE, "Kafka or the schema registry does not answer");
        put(codes, ExitCode.CONFLICT, "somebody else changed or holds it: look again and repeat");
        put(codes, ExitCode.UNCONFIRMED, "written, but the confirmation waited for did not come in time");
        return codes;
    }

    private static void put(Map<String, String> codes, int code, String meaning) {
        codes.put(" " + code, meaning);
    }
}
