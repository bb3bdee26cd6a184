package io.mambaspark.sql.batch;

import io.mambaspark.sql.Call;
import io.mambaspark.sql.SummarySettings;
import java.io.Serializable;

/**
 * What is made of each group.
 *
 * @param call     of the function
 * @param settings of each summary
 */
record GroupCall(Call call, SummarySettings settings) implements Serializable {
    @Override
    public String toString() {
        return call.name();
    }
}
