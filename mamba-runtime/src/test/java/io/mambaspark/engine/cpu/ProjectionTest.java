package io.mambaspark.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectionTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "17, 5", "64, 48", "384, 16", "384, 384", "100, 1000"})
    void sumsRunOverTheInputsInTheirOrder(int inputs, int outputs) {
        Random random = new Random(inputs);
        float[] weight = gaussian(inputs * outputs, random);
        float[] bias = gaussian(outputs, random);
        float[] x = gaussian(inputs, random);
        float[] y = new Projection(weight, inputs, bias).of(x);
        assertThat(y).hasSize(outputs);
        for (int o = 0; o < outputs; o++) {
            float sum = 0;
            for (int i = 0; i < inputs; i++) {
                sum = Math.fma(x[i], weight[o * inputs + i], sum);
            }
            assertThat(y[o]).as("output %d", o).isEqualTo(sum + bias[o]);
        }
    }

    @Test
    void aMatrixThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new Projection(new float[7], 3, new float[2]))
                .hasMessage("7 weights for 2 outputs of 3 inputs");
    }

    private static float[] gaussian(int count, Random random) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
