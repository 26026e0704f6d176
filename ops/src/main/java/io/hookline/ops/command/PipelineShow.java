package io.hookline.ops.command;

import io.hookline.avro.EventHeader;
import io.hookline.ops.cli.CommandException;
import io.hookline.ops.cli.Console;
import io.hookline.ops.cli.ExitCode;
import io.hookline.ops.kafka.KafkaConnection;
import io.hookline.ops.pipeline.BytesText;
import io.hookline.ops.pipeline.PipelineDeadId;
import io.hookline.ops.pipeline.PipelineDeadReader;
import io.hookline.ops.pipeline.PipelineRow;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pipeline show}. */
@Command(
        name = "show",
        description = {
            "Show records of pipeline.dead: what is wrong, how to mend it, and the record as it was.",
            "Key, headers and value are shown as text where they are UTF-8, else in hexadecimal (with --json: keyHex, valueHex)."
        },
        footer = {
            "",
            "Examples:",
            "  hookline pipeline show 0-17",
            "  hookline pipeline show 0-17 --json | jq -r .value"
        })
public final class PipelineShow extends KafkaCommand {
    private static final int CHARACTERS_MAX = 4_096;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "Records, as 'pipeline list' shows them.")
    List<String> ids = List.of();

    private List<PipelineDeadId> parsed = List.of();

    public PipelineShow(Console console) {
        super(console);
    }

    @Override
    void check() {
        try {
            parsed = ids.stream().map(PipelineDeadId::parse).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    int run(KafkaConnection kafka) {
        int exitCode = ExitCode.OK;
        try (PipelineDeadReader reader = new PipelineDeadReader(kafka)) {
            for (PipelineDeadId id : parsed) {
                Optional<PipelineRow> found = reader.get(id);
                if (found.isPresent()) {
                    print(found.get());
                } else {
                    console.say(
                            "error: there is no record " + id + " in pipeline.dead: not yet, or its retention is over."
                                    + " See 'hookline pipeline list'.");
                    exitCode = ExitCode.NOT_FOUND;
                }
            }
        }
        return exitCode;
    }

    private void print(PipelineRow row) {
        BytesText key = bytes(row.key());
        BytesText value = bytes(row.dead().getValue());
        Map<String, @Nullable Object> facts = PipelineList.json(row);
        if (common.json()) {
            put(facts, "key", key);
            facts.put("headers", headers(row));
            put(facts, "value", value);
            console.json(facts);
            return;
        }
        facts.forEach((name, fact) -> line(name, String.valueOf(fact)));
        line("key", key == null ? "(none)" : key.shortened(CHARACTERS_MAX));
        for (EventHeader header : row.dead().getHeaders()) {
            BytesText text = bytes(header.getValue());
            line("header", header.getName() + ": " + (text == null ? "(none)" : text.shortened(CHARACTERS_MAX)));
        }
        console.line("value");
        console.line(value == null ? "(none)" : value.shortened(CHARACTERS_MAX));
        console.line("");
    }

    private void line(String name, String text) {
        console.line(String.format("%-11s %s", name, text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?")));
    }

    private static List<Map<String, @Nullable Object>> headers(PipelineRow row) {
        List<Map<String, @Nullable Object>> headers = new ArrayList<>();
        for (EventHeader header : row.dead().getHeaders()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", header.getName());
            put(one, "value", bytes(header.getValue()));
            headers.add(one);
        }
        return headers;
    }

    private static void put(Map<String, @Nullable Object> json, String name, @Nullable BytesText bytes) {
        if (bytes == null) {
            json.put(name, null);
        } else {
            bytes.put(json, name);
        }
    }

    private static @Nullable BytesText bytes(@Nullable ByteBuffer buffer) {
        return buffer == null ? null : BytesText.of(buffer);
    }
}
