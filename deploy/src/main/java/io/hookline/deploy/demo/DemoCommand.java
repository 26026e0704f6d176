package io.hookline.deploy.demo;

import io.hookline.ops.cli.CommonOptions;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.cli.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hookline demo}. */
@Command(
        name = "demo",
        description = {
            "Run the whole pipeline once, on a real purchase history.",
            "",
            "Starts Kafka, a schema registry, a router and a deliverer in this process, registers five subscriptions, emits the "
                    + "9,276 events of the CDNOW purchase history and delivers them to local receivers that verify every "
                    + "signature with the Standard Webhooks library. One receiver fails every first attempt; another fails until "
                    + "everything for it is dead-lettered, is repaired, and gets it by replay. Ends with a table of what receivers and "
                    + "topics counted; exit code 0 only when nothing is lost, doubled or forged. Leaves nothing behind."
        },
        footer = {"", "Example:", "  hookline demo --json"})
public final class DemoCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    CommonOptions common = new CommonOptions();

    public DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Ledger ledger;
        try (Demo demo = new Demo(console)) {
            ledger = demo.run();
        }
        boolean isBalanced = ledger.balances(Demo.EVENTS, Demo.DELIVERIES);
        if (common.json()) {
            console.json(ledger.toMap(isBalanced));
        } else {
            print(ledger);
        }
        console.say(
                isBalanced
                        ? "The ledger balances: nothing lost, nothing doubled, every signature verified."
                        : "The ledger does not balance.");
        return isBalanced ? ExitCode.OK : ExitCode.FAILED;
    }

    private void print(Ledger ledger) {
        Table table = new Table(
                console,
                "SUBSCRIPTION",
                ">ROUTED",
                ">DELIVERED",
                ">RETRIED",
                ">DEAD",
                ">REPLAYED",
                ">LOST",
                ">DUPLICATES",
                ">BAD SIGNATURES");
        for (Ledger.Row row : ledger.rows()) {
            table.row(
                    row.subscription(),
                    row.routed(),
                    row.delivered(),
                    row.retried(),
                    row.dead(),
                    row.replayed(),
                    row.lost(),
                    row.duplicates(),
                    row.badSignatures());
        }
        table.end();
        console.line(ledger.events() + " events in " + ledger.seconds() + " s");
    }
}
