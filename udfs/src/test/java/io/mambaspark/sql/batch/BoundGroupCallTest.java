package io.mambaspark.sql.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mambaspark.sql.Call;
import io.mambaspark.sql.HeldGroup;
import io.mambaspark.sql.MambaConf;
import io.mambaspark.sql.ModelChoice;
import io.mambaspark.sql.SummarizeAggFunction;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.Test;

/** The catalog's aggregate as Spark evaluates it where no rule of ours runs. */
class BoundGroupCallTest {
    private static final List<DataType> TYPES =
            List.of(DataTypes.StringType, DataTypes.IntegerType, DataTypes.StringType);

    private static BoundGroupCall call(List<DataType> types, boolean errorsAreNull, long maxBytes) {
        ModelChoice model = ModelChoice.of(MambaConf.of(key -> Optional.empty()));
        return new BoundGroupCall(new Call(new SummarizeAggFunction(), errorsAreNull, model), types, maxBytes);
    }

    private static HeldGroup group(BoundGroupCall call, String... keysAndTexts) {
        HeldGroup group = call.newAggregationState();
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            Object text = keysAndTexts[i + 1] == null ? null : UTF8String.fromString(keysAndTexts[i + 1]);
            call.update(group, new GenericInternalRow(new Object[] {text, 9, UTF8String.fromString(keysAndTexts[i])}));
        }
        return group;
    }

    @Test
    void putsTheTextsOfAllTasksInOrder() {
        BoundGroupCall call = call(TYPES, false, 10_000);
        HeldGroup here = group(call, "b", "Two.", "d", "Four.");
        HeldGroup there = group(call, "c", "Three.", "a", "One.", "e", null);
        HeldGroup travelled = Utils.deserialize(Utils.serialize(there));
        assertThat(call.produceResult(call.merge(here, travelled))).hasToString("One.\n\nTwo.\n\nThree.\n\nFour.");
        assertThat(call.produceResult(group(call, "a", null))).isNull();
    }

    @Test
    void needsAnOrderAndHasALimit() {
        assertThatThrownBy(() -> call(TYPES.subList(0, 2), false, 10_000))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("[MAMBA_AGG_ORDER_REQUIRED]");
        BoundGroupCall small = call(TYPES, false, 100);
        assertThatThrownBy(() -> small.produceResult(
                        small.merge(group(small, "a", "One."), group(small, "b", "Two.", "c", "Three."))))
                .hasMessageContaining("[MAMBA_AGG_TOO_LARGE]");
        BoundGroupCall tried = call(TYPES, true, 100);
        assertThat(tried.produceResult(group(tried, "a", "One.", "b", "Two."))).isNull();
    }
}
