package io.mambaspark.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;
import scala.Tuple3;

/** {@code mamba_summarize_agg(text, max_words, order_key)} by Spark's public interfaces alone: the key is a number. */
final class SummarizeAggregator extends Aggregator<Tuple3<String, Integer, Long>, HeldGroup, String> {
    private static final long serialVersionUID = 1L;

    private final GroupSummarizer summarizer;
    private final long maxBytes;

    SummarizeAggregator(Call call, long maxBytes) {
        this.summarizer = new GroupSummarizer(call);
        this.maxBytes = maxBytes;
    }

    /** Of its input. */
    static Encoder<Tuple3<String, Integer, Long>> inputEncoder() {
        return Encoders.tuple(Encoders.STRING(), Encoders.INT(), Encoders.LONG());
    }

    @Override
    public HeldGroup zero() {
        return new HeldGroup(maxBytes);
    }

    @Override
    public HeldGroup reduce(HeldGroup group, Tuple3<String, Integer, Long> row) {
        String text = row._1();
        return text == null
                ? group
                : group.add(key(row._3()), text.getBytes(StandardCharsets.UTF_8), settings(row._2()));
    }

    private static SummarySettings settings(Integer maxWords) {
        Object[] given = {null, maxWords};
        return SummarizeAggFunction.settings(
                new SummarizeAggFunction().description().complete(given));
    }

    /** NULL comes first, as in SQL. */
    private static byte[] key(Long key) {
        return key == null
                ? new byte[0]
                : ByteBuffer.allocate(Long.BYTES).putLong(key ^ Long.MIN_VALUE).array();
    }

    @Override
    public HeldGroup merge(HeldGroup group, HeldGroup other) {
        return group.addAll(other);
    }

    @Override
    public String finish(HeldGroup group) {
        Comparator<byte[]> order = Arrays::compareUnsigned;
        return summarizer.summarize(group.texts(), group.settings(), order);
    }

    @Override
    public Encoder<HeldGroup> bufferEncoder() {
        return Encoders.javaSerialization(HeldGroup.class);
    }

    @Override
    public Encoder<String> outputEncoder() {
        return Encoders.STRING();
    }
}
