package io.hookline.ops.cli;

import picocli.CommandLine.Option;

/** What every command takes. */
public final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    boolean help;

    @Option(names = "--json", description = "Print the result as JSON, one object a line.")
    boolean json;

    /** Whether results are to be printed as JSON. */
    public boolean json() {
        return json;
    }
}
