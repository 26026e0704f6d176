package io.hookline.ops.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import io.hookline.avro.Subscription;
import io.hookline.deliverer.endpoint.EndpointUrl;
import io.hookline.deliverer.reach.Reach;
import io.hookline.schemas.serde.GeneratedClasses;
import io.hookline.schemas.topic.SubscriptionPartition;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as people write it, in YAML or JSON: what it should be. What a document does not say has its default, with three
 * exceptions that keep what is stored: {@code status}, {@code signing}, and what is masked in {@code headers} and {@code auth}. Immutable.
 */
public final class SubscriptionDocument {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(Feature.WRITE_DOC_START_MARKER)
            .disable(Feature.SPLIT_LINES)
            .enable(Feature.MINIMIZE_QUOTES)
            .enable(Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(Feature.LITERAL_BLOCK_STYLE)
            .enable(Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    /** Every text in double quotes with escapes: for texts with characters that YAML folds, drops or takes for line breaks. */
    private static final ObjectMapper ESCAPED_YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(Feature.WRITE_DOC_START_MARKER)
            .disable(Feature.SPLIT_LINES)
            .build());

    private static final Pattern FRAGILE = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\ufeff&&[^\\n]]");

    private static final Pattern LOOPBACK = Pattern.compile("(.+\\.)?localhost\\.?|127\\.[0-9.]+|\\[::1]");

    private static final Map<String, Field> FIELDS = new LinkedHashMap<>();

    static {
        GeneratedClasses.trust();
        SubscriptionFields.ALL.forEach(field -> FIELDS.put(field.name(), field));
    }

    private final String source;
    private final int line;
    private final Subscription template;
    private final Set<String> keptHeaders;
    private final boolean keepsAuthSecret;
    private final SigningRequest signing;
    private final boolean statusGiven;
    private final OptionalLong version;

    private SubscriptionDocument(ParsedDocument parsed, Subscription template, Draft draft) {
        this.source = parsed.source();
        this.line = parsed.line("");
        this.template = template;
        this.keptHeaders = Set.copyOf(draft.keptHeaders);
        this.keepsAuthSecret = draft.keepsAuthSecret;
        this.signing = draft.signing;
        this.statusGiven = draft.statusGiven;
        this.version = draft.version == null ? OptionalLong.empty() : OptionalLong.of(draft.version);
    }

    /**
     * What a text came to.
     *
     * @param documents those that are valid, in order
     * @param problems everything that is wrong in the others; while there is one, nothing should be written
     */
    public record Parsed(List<SubscriptionDocument> documents, List<Problem> problems) {}

    /**
     * Reads every document of a text and finds every problem in it.
     *
     * @param source name of the file, or what stands for it; its ending decides between YAML and JSON
     */
    public static Parsed parse(String source, String text) {
        Parsed result = new Parsed(new ArrayList<>(), new ArrayList<>());
        DocumentReader.Result read = DocumentReader.read(source, text);
        if (read instanceof DocumentReader.Result.Unreadable unreadable) {
            result.problems.add(unreadable.why());
            return result;
        }
        Map<String, Integer> firstLines = new HashMap<>();
        for (ParsedDocument parsed : ((DocumentReader.Result.Documents) read).all()) {
            Problems problems = new Problems(parsed, result.problems);
            int before = result.problems.size();
            Draft draft = draft(parsed, problems);
            Integer first = draft.id == null ? null : firstLines.putIfAbsent(draft.id, parsed.line(""));
            if (first != null) {
                problems.add(
                        "id",
                        "'" + draft.id + "' is also the id of the document at line " + first + ": give each its own.");
            }
            result.problems.subList(before, result.problems.size()).sort(Comparator.comparingInt(Problem::line));
            if (result.problems.size() == before) {
                result.documents.add(new SubscriptionDocument(parsed, draft.record.build(), draft));
            }
        }
        return result;
    }

    private static Draft draft(ParsedDocument parsed, Problems problems) {
        Draft draft = new Draft();
        JsonNode id = parsed.root().get("id");
        if (id != null && SubscriptionPartition.isId(id.asText())) {
            problems.subscription(id.textValue());
        }
        Value root = new Value(problems, "", parsed.root());
        root.allowOnly(FIELDS.keySet());
        FIELDS.forEach((name, field) -> {
            Value value = root.field(name);
            if (value != null) {
                field.reader().read(value, draft);
            }
        });
        for (String required : List.of("id", "url", "eventTypes")) {
            if (root.field(required) == null) {
                problems.add(required, "is missing; it is required.");
            }
        }
        checkTenant(root, problems, draft);
        // Times and version are set when it is written.
        draft.record.setCreatedAt(java.time.Instant.EPOCH).setUpdatedAt(java.time.Instant.EPOCH);
        return draft;
    }

    private static void checkTenant(Value root, Problems problems, Draft draft) {
        boolean tenant = root.field("tenant") != null;
        if (tenant == draft.record.getPlatformWide()) {
            problems.add(
                    "tenant",
                    tenant
                            ? "is given together with 'platformWide: true': keep one of them."
                            : "is missing; name the tenant, or write 'platformWide: true' to receive the events of all tenants.");
        }
    }

    public String id() {
        return template.getId();
    }

    /** File and line it starts at, for messages. */
    public String where() {
        return source + ":" + line;
    }

    /** Event types it asks for. */
    public List<String> eventTypes() {
        return template.getEventTypes();
    }

    /** Whether its deliveries cross a network in clear: plain http, to another host than this one. */
    public boolean isReadableOnTheWay() {
        EndpointUrl url = EndpointUrl.parse(template.getUrl());
        return url.scheme().equals("http") && !LOOPBACK.matcher(url.host()).matches();
    }

    /** What is wrong with an address that the URL itself names; a host is looked up by those who connect to it. Null: nothing. */
    public @Nullable Problem refusedBy(Reach reach) {
        InetAddress literal = Reach.literal(EndpointUrl.parse(template.getUrl()));
        String refusal = literal == null ? null : reach.refusal(literal);
        return refusal == null
                ? null
                : new Problem(
                        source,
                        line,
                        id(),
                        "url",
                        "'" + template.getUrl() + "' cannot be delivered to: " + refusal
                                + " of the deliverers and of this command's --command-config.");
    }

    /** The declared fields; those that keep what is stored have their defaults here. */
    public Subscription template() {
        return template;
    }

    Set<String> keptHeaders() {
        return keptHeaders;
    }

    boolean keepsAuthSecret() {
        return keepsAuthSecret;
    }

    SigningRequest signing() {
        return signing;
    }

    boolean statusGiven() {
        return statusGiven;
    }

    OptionalLong version() {
        return version;
    }

    /**
     * A stored subscription as a document that can be applied again.
     *
     * @param showSecrets false masks signing secrets and the values of headers, but for a few that cannot be secrets
     */
    public static ObjectNode json(Subscription subscription, boolean showSecrets) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        FIELDS.forEach((name, field) -> {
            JsonNode value = field.writer().write(subscription, showSecrets);
            if (value != null) {
                document.set(name, value);
            }
        });
        return document;
    }

    /** As {@link #json(Subscription, boolean)}, with how its endpoint is disabled if it is. */
    public static ObjectNode json(Subscription subscription, @Nullable Disabling disabling, boolean showSecrets) {
        ObjectNode document = json(subscription, showSecrets);
        if (disabling != null) {
            ObjectNode disabled = document.putObject(SubscriptionFields.DISABLED);
            disabling.toMap().forEach(disabled::put);
        }
        return document;
    }

    /** {@link #json(Subscription, boolean)} as YAML text. */
    public static String yaml(Subscription subscription, boolean showSecrets) {
        return yaml(subscription, null, showSecrets);
    }

    /** {@link #json(Subscription, Disabling, boolean)} as YAML text. */
    public static String yaml(Subscription subscription, @Nullable Disabling disabling, boolean showSecrets) {
        ObjectNode document = json(subscription, disabling, showSecrets);
        try {
            return (isFragile(document) ? ESCAPED_YAML : YAML).writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not writable as YAML: subscription " + subscription.getId(), e);
        }
    }

    private static boolean isFragile(JsonNode node) {
        if (node.isContainerNode()) {
            for (JsonNode inner : node) {
                if (isFragile(inner)) {
                    return true;
                }
            }
            return false;
        }
        return node.isTextual() && FRAGILE.matcher(node.textValue()).find();
    }
}
