package io.hookline.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hookline.ops.cli.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoIT {
    @Test
    void shouldReadTheHistoryAsItWasPublished() {
        List<Purchase> purchases = Purchase.all();

        assertThat(purchases).hasSize(6_919);
        assertThat(purchases.stream().map(Purchase::customer).distinct()).hasSize(2_357);
        assertThat(purchases.stream().filter(p -> p.amount().compareTo(new BigDecimal(100)) > 0))
                .hasSize(303);
        assertThat(purchases.stream().filter(p -> p.quantity() >= 5)).hasSize(708);
    }

    @Test
    void shouldBalanceItsLedger() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                name -> null);

        int exitCode = new CommandLine(new DemoCommand(console)).execute("--json");

        assertThat(exitCode).as(err.toString(StandardCharsets.UTF_8)).isZero();
        String[] lines = out.toString(StandardCharsets.UTF_8).strip().split("\n", -1);
        JsonNode ledger = new ObjectMapper().readTree(lines[lines.length - 1]);
        assertThat(ledger.get("events").asLong()).isEqualTo(9_276);
        assertThat(ledger.get("deliveries").asLong()).isEqualTo(12_644);
        assertThat(ledger.get("delivered").asLong()).isEqualTo(12_644);
        assertThat(ledger.get("retried").asLong()).isGreaterThanOrEqualTo(708);
        assertThat(ledger.get("dead").asLong()).isEqualTo(2_357);
        assertThat(ledger.get("replayed").asLong()).isEqualTo(2_357);
        assertThat(ledger.get("lost").asLong()).isZero();
        assertThat(ledger.get("duplicates").asLong()).isZero();
        assertThat(ledger.get("badSignatures").asLong()).isZero();
        assertThat(ledger.get("subscriptions").get("vip").get("delivered").asLong())
                .isEqualTo(303);
    }
}
