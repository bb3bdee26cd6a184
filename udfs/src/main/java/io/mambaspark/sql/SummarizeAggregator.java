package io.mambaspark.sql;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;
import scala.Tuple3;

/** {@code mamba_summarize_agg(text, max_words, order_key)} by Spark's public interfaces alone: the key is a number. */
final class SummarizeAggregator extends Aggregator<Tuple3<String, Integer, Long>, SummarizeAggregator.Group, String> {
    private static final long serialVersionUID = 1L;

    private final GroupSummarizer summarizer;
    private final long maxBytes;

    /** What is known of a group so far. */
    static final class Group implements Serializable {
        private static final long serialVersionUID = 1L;

        private final GroupTexts texts;
        private Integer maxWords;

        private Group(GroupTexts texts) {
            this.texts = texts;
        }
    }

    SummarizeAggregator(Call call, long maxBytes) {
        this.summarizer = new GroupSummarizer(call);
        this.maxBytes = maxBytes;
    }

    /** Of its input. */
    static Encoder<Tuple3<String, Integer, Long>> inputEncoder() {
        return Encoders.tuple(Encoders.STRING(), Encoders.INT(), Encoders.LONG());
    }

    @Override
    public Group zero() {
        return new Group(new GroupTexts(maxBytes));
    }

    @Override
    public Group reduce(Group group, Tuple3<String, Integer, Long> row) {
        if (row._1() != null) {
            group.texts.add(key(row._3()), row._1().getBytes(StandardCharsets.UTF_8));
            group.maxWords = row._2();
        }
        return group;
    }

    /** NULL comes first, as in SQL. */
    private static byte[] key(Long key) {
        return key == null
                ? new byte[0]
                : ByteBuffer.allocate(Long.BYTES).putLong(key ^ Long.MIN_VALUE).array();
    }

    @Override
    public Group merge(Group group, Group other) {
        group.texts.addAll(other.texts);
        group.maxWords = group.maxWords == null ? other.maxWords : group.maxWords;
        return group;
    }

    @Override
    public String finish(Group group) {
        Comparator<byte[]> order = Arrays::compareUnsigned;
        return summarizer.summarize(group.texts, group.maxWords, order);
    }

    @Override
    public Encoder<Group> bufferEncoder() {
        return Encoders.javaSerialization(Group.class);
    }

    @Override
    public Encoder<String> outputEncoder() {
        return Encoders.STRING();
    }
}
