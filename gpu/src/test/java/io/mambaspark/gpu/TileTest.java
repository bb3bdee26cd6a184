package io.mambaspark.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.mambaspark.gpu.Step.Product;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tile of a product is a matter of time only. */
@Tag("opencl")
class TileTest {
    @BeforeAll
    static void device() {
        Pocl.assume();
    }

    /** Among them the shapes of dt_proj and x_proj, whose tiles stand out over the edge. */
    @ParameterizedTest
    @CsvSource({"1, 32, 128", "130, 24, 768", "200, 768, 56", "129, 384, 384"})
    void bothKindsGiveTheSameBits(int rows, int inputs, int outputs) {
        float[] wide = product(Step.WIDE_PRODUCT, rows, inputs, outputs);
        assertThat(wide).isEqualTo(product(Step.NARROW_PRODUCT, rows, inputs, outputs));
        assertThat(wide).doesNotContain(0f);
    }

    private static float[] product(int step, int rows, int inputs, int outputs) {
        int stride = DeviceShape.padded(outputs, MatrixKernel.WIDE);
        Random random = new Random(17);
        float[] weights = new float[stride * DeviceShape.padded(inputs, MatrixKernel.SLICE)];
        for (int k = 0; k < inputs; k++) {
            for (int o = 0; o < outputs; o++) {
                weights[k * stride + o] = random.nextFloat() + 0.1f;
            }
        }
        int c = DeviceShape.padded(rows, MatrixKernel.WIDE) * inputs;
        float[] space = new float[c + rows * outputs];
        for (int i = 0; i < rows * inputs; i++) {
            space[i] = random.nextFloat() + 0.1f;
        }
        IntList plan = new IntList();
        plan.add(step, 0, inputs, 0, stride, c, outputs, rows, outputs, inputs, Product.PLAIN);
        plan.add(new int[Step.INTS - plan.size()]);
        plan.add(Step.DELIVER, c, rows * outputs, 1);
        plan.add(new int[2 * Step.INTS - plan.size()]);
        DeviceChoice choice = GpuEngineProvider.required(Pocl.options(1));
        try (GpuDevice device = new GpuDevice(choice, weights, space)) {
            device.runOnce(new Steps(plan, 0, 2, 1, 1 + rows * outputs), rows);
            return Arrays.copyOfRange(device.kernel().results, 1, 1 + rows * outputs);
        }
    }
}
