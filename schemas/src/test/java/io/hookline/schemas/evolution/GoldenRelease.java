package io.hookline.schemas.evolution;

import io.hookline.schemas.FormatVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Checks the golden bytes that one release left behind against today's code. */
final class GoldenRelease {
    private GoldenRelease() {}

    /**
     * Reads each of them, and compares it with today's golden record as that release would have passed it on: fields that only one of the
     * two knows are at their defaults, all others are the same.
     */
    static List<String> problems(Releases releases, Path golden, String version) throws IOException {
        SchemaSet schemas = releases.schemas(version);
        Map<String, SpecificRecord> today = GoldenRecords.all();
        List<String> problems = new ArrayList<>();
        for (String name : GoldenBytesTest.fileNames(golden.resolve(version))) {
            SpecificRecord record = today.get(name);
            if (record == null) {
                problems.add(
                        name + " of release " + version + " has no golden record today; keep it in GoldenRecords.");
                continue;
            }
            byte[] old = GoldenFile.read(golden.resolve(version).resolve(name + ".hex"));
            Schema released = schemas.get(record.getSchema().getFullName());
            try {
                problems.addAll(compare(name + " of release " + version, old, released, record));
            } catch (IOException | RuntimeException e) {
                problems.add(name + " of release " + version + " cannot be read today: " + e);
            }
        }
        return problems;
    }

    private static List<String> compare(String what, byte[] old, Schema released, SpecificRecord record)
            throws IOException {
        SpecificRecord read = FormatVersions.check(AvroBytes.read(old, released, record.getClass()));
        if (!Arrays.equals(AvroBytes.throughAnotherRelease(old, released, released), old)) {
            return List.of(what + " is not what its own schema says.");
        }
        byte[] passedOn = AvroBytes.throughAnotherRelease(AvroBytes.of(record), record.getSchema(), released);
        SpecificRecord expected = AvroBytes.read(passedOn, released, record.getClass());
        return AvroBytes.same(read, expected)
                ? List.of()
                : List.of(what + " reads as " + read + " instead of " + expected);
    }
}
