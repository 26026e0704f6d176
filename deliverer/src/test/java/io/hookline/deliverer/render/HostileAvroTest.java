package io.hookline.deliverer.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are not what their schema says: an answer, never another exception, and no memory that their size does not warrant. */
@Timeout(180)
class HostileAvroTest {
    private static final String EVERYTHING = "{\"type\":\"record\",\"name\":\"R\",\"fields\":["
            + "{\"name\":\"text\",\"type\":\"string\"},"
            + "{\"name\":\"raw\",\"type\":\"bytes\"},"
            + "{\"name\":\"choice\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}},"
            + "{\"name\":\"price\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":9,\"scale\":2}},"
            + "{\"name\":\"free\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"big-decimal\"}},"
            + "{\"name\":\"day\",\"type\":{\"type\":\"int\",\"logicalType\":\"date\"}},"
            + "{\"name\":\"at\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}},"
            + "{\"name\":\"time\",\"type\":{\"type\":\"long\",\"logicalType\":\"time-micros\"}},"
            + "{\"name\":\"ratio\",\"type\":\"double\"},"
            + "{\"name\":\"list\",\"type\":{\"type\":\"array\",\"items\":[\"null\",\"int\",\"string\"]}},"
            + "{\"name\":\"map\",\"type\":{\"type\":\"map\",\"values\":\"long\"}},"
            + "{\"name\":\"next\",\"type\":[\"null\",\"R\"]}]}";

    private static RenderFixture fixture;
    private static Schema schema;
    private static int id;

    @BeforeAll
    @BeforeContainer
    static void start() {
        fixture = new RenderFixture();
        schema = new Schema.Parser().parse(EVERYTHING);
        id = fixture.known(schema);
    }

    @AfterAll
    @AfterContainer
    static void stop() {
        fixture.close();
    }

    private static Rendition render(int schemaId, byte[] body) {
        return fixture.standard(RenderFixture.wire(schemaId, body), RenderFixture.AVRO);
    }

    /** A body that is JSON, or an answer why there is none. */
    private static void check(Rendition rendition) {
        if (rendition instanceof Rendition.Body body) {
            try {
                assertThat(new ObjectMapper()
                                .readTree(body.bytes())
                                .path("data")
                                .isObject())
                        .isTrue();
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + Arrays.toString(body.bytes()), e);
            }
        } else {
            assertThat(rendition)
                    .isInstanceOfSatisfying(
                            Rendition.Unreadable.class,
                            unreadable ->
                                    assertThat(unreadable.detail()).isNotBlank().hasSizeLessThan(1_100));
        }
    }

    private static GenericRecord sound(int depth) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("text", new Utf8("text"));
        record.put("raw", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        record.put(
                "choice", new GenericData.EnumSymbol(schema.getField("choice").schema(), "B"));
        record.put("price", ByteBuffer.wrap(new byte[] {1, 2}));
        record.put("free", ByteBuffer.wrap(new byte[] {2, 1, 4}));
        record.put("day", 20_000);
        record.put("at", 1_795_521_600_123_456L);
        record.put("time", 1L);
        record.put("ratio", 0.5);
        record.put("list", Arrays.asList(null, 1, new Utf8("x")));
        record.put("map", Map.of(new Utf8("k"), 1L));
        record.put("next", depth == 0 ? null : sound(depth - 1));
        return record;
    }

    @Test
    void shouldRenderTheSoundOne() {
        Rendition rendition = render(id, RenderFixture.encoded(sound(2), schema));
        assertThat(rendition).isInstanceOf(Rendition.Body.class);
        check(rendition);
    }

    @Property(tries = 3_000)
    void shouldAnswerToWhateverBytes(@ForAll @Size(max = 200) byte[] garbage) {
        check(render(id, garbage));
    }

    @Property(tries = 3_000)
    void shouldAnswerToDamagedEvents(@ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int damages) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] body = RenderFixture.encoded(sound(random.nextInt(3)), schema);
        for (int i = 0; i < damages; i++) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        check(render(id, random.nextInt(3) == 0 ? Arrays.copyOf(body, random.nextInt(body.length)) : body));
    }

    private static byte[] longs(long... numbers) {
        byte[] all = new byte[0];
        for (long number : numbers) {
            byte[] one = RenderFixture.encoded(number, Schema.create(Schema.Type.LONG));
            int at = all.length;
            all = Arrays.copyOf(all, at + one.length);
            System.arraycopy(one, 0, all, at, one.length);
        }
        return all;
    }

    /** Lengths and counts that a few bytes claim and do not have. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"string\"",
                "\"bytes\"",
                "{\"type\":\"array\",\"items\":\"int\"}",
                "{\"type\":\"array\",\"items\":\"string\"}",
                "{\"type\":\"array\",\"items\":\"null\"}",
                "{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Empty\",\"fields\":[]}}",
                "{\"type\":\"array\",\"items\":{\"type\":\"fixed\",\"name\":\"Nothing\",\"size\":0}}",
                "{\"type\":\"map\",\"values\":\"int\"}",
                "{\"type\":\"map\",\"values\":\"null\"}",
                "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":\"int\"}}",
            })
    void shouldNotAllocateWhatTheBytesDoNotHold(String type) {
        Schema hostile = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"H\",\"fields\":[{\"name\":\"f\",\"type\":" + type + "}]}");
        int hostileId = fixture.known(hostile);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] claims = {
            100_000_000,
            1_000_000_000,
            Integer.MAX_VALUE - 8,
            Integer.MAX_VALUE,
            1L << 40,
            Long.MAX_VALUE,
            -1,
            -1_000_000_000,
            Long.MIN_VALUE
        };
        for (long claim : claims) {
            long before = threads.getCurrentThreadAllocatedBytes();
            Rendition rendition = render(hostileId, longs(claim, claim, claim, claim));
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(rendition).as("%d", claim).isInstanceOf(Rendition.Unreadable.class);
            assertThat(allocated).as("bytes allocated for %d", claim).isLessThan(10_000_000);
        }
    }

    /** A chain of records as long as the bytes allow: it must end before the stack does. */
    @Test
    void shouldAnswerToEndlessNesting() {
        Schema chain = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"C\",\"fields\":[{\"name\":\"c\",\"type\":[\"null\",\"C\"]}]}");
        int chainId = fixture.known(chain);
        for (int depth : new int[] {10, 400, 498, 499, 500, 501, 1_000, 3_000, 10_000, 100_000, 1_000_000}) {
            byte[] body = new byte[depth + 1];
            Arrays.fill(body, 0, depth, (byte) 2);
            Rendition rendition = render(chainId, body);
            if (depth < 499) {
                assertThat(rendition).as("depth %d", depth).isInstanceOf(Rendition.Body.class);
            } else if (depth > 501) {
                assertThat(rendition).as("depth %d", depth).isInstanceOf(Rendition.Unreadable.class);
            }
            check(rendition);
        }
    }

    @Test
    void shouldAnswerToNestingOnASmallStack() throws InterruptedException {
        Schema lists = new Schema.Parser()
                .parse(
                        "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"l\",\"type\":{\"type\":\"array\",\"items\":\"L\"}}]}");
        int listsId = fixture.known(lists);
        byte[] body = new byte[200_000];
        Arrays.fill(body, (byte) 2);
        Rendition[] rendition = new Rendition[1];
        Thread thread = new Thread(null, () -> rendition[0] = render(listsId, body), "small-stack", 256 * 1024);
        thread.start();
        thread.join();
        assertThat(rendition[0]).isInstanceOf(Rendition.Unreadable.class);
    }
}
