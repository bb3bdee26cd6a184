package io.mambaspark.sql.batch;

import io.mambaspark.sql.Call;
import java.io.Serializable;

/**
 * What is made of each group.
 *
 * @param call     of the function
 * @param maxWords the limit of a summary; null for NULL
 */
record GroupCall(Call call, Integer maxWords) implements Serializable {
    @Override
    public String toString() {
        return call.name();
    }
}
