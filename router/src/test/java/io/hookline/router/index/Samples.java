package io.hookline.router.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Filters and payloads over few fields and values, so that they meet often. */
final class Samples {
    private final Random random;

    Samples(Random random) {
        this.random = random;
    }

    String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    List<String> some(List<String> of) {
        List<String> some = new ArrayList<>(List.of(one(of)));
        while (random.nextInt(3) == 0) {
            some.add(one(of));
        }
        return some;
    }

    @Nullable
    String tenant() {
        return switch (random.nextInt(4)) {
            case 0 -> "t1";
            case 1 -> "t2";
            default -> null;
        };
    }

    @Nullable
    String filter() {
        return switch (random.nextInt(8)) {
            case 0 -> null;
            case 1 -> "{\"source\": [\"s\", \"other\"], \"data\": " + fields() + "}";
            case 2 -> "{\"source\": [\"" + one(List.of("s", "other")) + "\"]}";
            case 3 -> "{\"data\": {\"$or\": [" + fields() + ", " + fields() + "]}}";
            default -> "{\"data\": " + fields() + "}";
        };
    }

    private String fields() {
        StringBuilder fields = new StringBuilder("{\"a\": " + conditions());
        if (random.nextBoolean()) {
            fields.append(", \"b\": ").append(conditions());
        }
        if (random.nextInt(4) == 0) {
            fields.append(", \"l\": {\"x\": ")
                    .append(conditions())
                    .append(", \"y\": ")
                    .append(conditions())
                    .append('}');
        }
        return fields.append('}').toString();
    }

    private String conditions() {
        List<String> conditions = new ArrayList<>();
        int kind = random.nextInt(6);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            conditions.add(
                    switch (kind) {
                        case 0, 1, 2 -> scalar();
                        case 3 -> numeric();
                        default -> condition();
                    });
        }
        return conditions.toString();
    }

    private String condition() {
        return switch (random.nextInt(5)) {
            case 0 -> numeric();
            case 1 -> "{\"exists\": " + random.nextBoolean() + "}";
            case 2 -> "{\"prefix\": \"x\"}";
            case 3 -> "{\"anything-but\": [1, \"x\"]}";
            default -> scalar();
        };
    }

    private String numeric() {
        int low = random.nextInt(5);
        return switch (random.nextInt(3)) {
            case 0 -> "{\"numeric\": [\">=\", " + low + "]}";
            case 1 -> "{\"numeric\": [\"<\", " + low + ".0]}";
            default -> "{\"numeric\": [\">\", " + low + ", \"<=\", " + (low + 1 + random.nextInt(3)) + "]}";
        };
    }

    private String scalar() {
        return one(List.of("0", "1", "1.0", "2", "3", "4.5", "\"x\"", "\"xy\"", "\"1\"", "true", "null"));
    }

    String data() {
        return "{\"a\": " + item() + ", \"b\": " + item() + ", \"l\": [{\"x\": " + item() + ", \"y\": " + item()
                + "}, {\"x\": " + item() + "}]}";
    }

    private String item() {
        return random.nextInt(4) == 0 ? "[" + scalar() + ", " + scalar() + ", " + scalar() + "]" : scalar();
    }
}
