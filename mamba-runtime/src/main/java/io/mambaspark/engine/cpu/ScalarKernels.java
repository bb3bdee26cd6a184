package io.mambaspark.engine.cpu;

/** The kernels as the paper writes them, one number after the other: the reference for the fast ones. */
final class ScalarKernels implements Kernels {
    private static final int PANEL_WIDTH = 16;

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int panelWidth() {
        return PANEL_WIDTH;
    }

    @Override
    public int tileRows() {
        return 1;
    }

    @Override
    public void multiply(PackedMatrix w, Activations a, int aRow, int aChannel, Activations c, int cRow, int rows) {
        for (int i = 0; i < rows; i++) {
            for (int o = 0; o < w.outputs; o++) {
                float sum = c.data[c.index(cRow + i, o)];
                for (int k = 0; k < w.inputs; k++) {
                    sum = Math.fma(a.data[a.index(aRow + i, aChannel + k)], w.data[w.index(o, k)], sum);
                }
                c.data[c.index(cRow + i, o)] = sum;
            }
        }
    }

    @Override
    public void rmsNorm(Activations x, float[] weight, float epsilon, int from, int to, Activations out, int outFrom) {
        for (int row = from; row < to; row++) {
            float squares = 0;
            for (int c = 0; c < x.channels; c++) {
                float value = x.data[x.index(row, c)];
                squares = Math.fma(value, value, squares);
            }
            float scale = (float) (1 / Math.sqrt(squares / x.channels + epsilon));
            for (int c = 0; c < x.channels; c++) {
                out.data[out.index(outFrom + row - from, c)] = x.data[x.index(row, c)] * scale * weight[c];
            }
        }
    }

    @Override
    public void convolve(
            Convolution weights,
            int panel,
            Activations x,
            float[] tail,
            int tailAt,
            int stride,
            int start,
            int end,
            Activations u) {
        int before = weights.size() - 1;
        int first = panel * PANEL_WIDTH;
        for (int t = start; t < end; t++) {
            for (int c = first; c < Math.min(first + PANEL_WIDTH, u.channels); c++) {
                float sum = weights.bias()[c];
                for (int k = 0; k < weights.size(); k++) {
                    int source = t - before + k;
                    float input = source >= start
                            ? x.data[x.index(source, c - first)]
                            : tail[tailAt + (source - start + before) * stride + c];
                    sum = Math.fma(weights.taps()[k * weights.stride() + c], input, sum);
                }
                u.data[u.index(t, c)] = silu(sum);
            }
        }
    }

    @Override
    public void stepSizes(Scan weights, int panel, Activations u, int row, int count, Strip strip) {
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < PANEL_WIDTH; c++) {
                int channel = panel * PANEL_WIDTH + c;
                int at = strip.delta.index(i, c);
                float input = u.data[u.index(row + i, channel)];
                float step = softplus(strip.delta.data[at] + weights.deltaBias()[channel]);
                strip.delta.data[at] = step;
                strip.deltaU.data[strip.deltaU.index(i, c)] = step * input;
                strip.y.data[strip.y.index(i, c)] = weights.d()[channel] * input;
            }
        }
    }

    @Override
    public void selectiveScan(
            Scan weights,
            int panel,
            Strip strip,
            int from,
            int to,
            Activations bc,
            int bcRow,
            float[] h,
            int hAt,
            int stride) {
        int dState = weights.dState();
        int first = panel * PANEL_WIDTH;
        for (int i = from; i < to; i++) {
            int t = bcRow + i - from;
            for (int c = first; c < Math.min(first + PANEL_WIDTH, stride); c++) {
                int at = strip.y.index(i, c - first);
                float step = strip.delta.data[strip.delta.index(i, c - first)];
                float input = strip.deltaU.data[strip.deltaU.index(i, c - first)];
                float sum = strip.y.data[at];
                for (int n = 0; n < dState; n++) {
                    int state = hAt + n * stride + c;
                    float decay = (float) Math.pow(2, step * weights.a()[n * weights.stride() + c]);
                    h[state] = decay * h[state] + input * bc.data[bc.index(t, n)];
                    sum += bc.data[bc.index(t, dState + n)] * h[state];
                }
                strip.y.data[at] = sum;
            }
        }
    }

    @Override
    public void gate(int panel, Strip strip, int count, Activations out, int row) {
        for (int i = 0; i < count; i++) {
            for (int c = 0; c < PANEL_WIDTH; c++) {
                float y = strip.y.data[strip.y.index(i, c)];
                float z = strip.z.data[strip.z.index(i, c)];
                out.data[out.index(row + i, panel * PANEL_WIDTH + c)] = y * silu(z);
            }
        }
    }

    @Override
    public void poolingWeights(Activations x, float[] weight, float bias, int from, int to, float[] g) {
        for (int row = from; row < to; row++) {
            float sum = bias;
            for (int c = 0; c < x.channels; c++) {
                sum = Math.fma(weight[c], x.data[x.index(row, c)], sum);
            }
            g[row] = sigmoid(sum);
        }
    }

    @Override
    public void sumOfExponentials(Activations logits, int rows, float[] max, float[] sum) {
        for (int c = 0; c < logits.channels; c++) {
            max[c] = Float.NEGATIVE_INFINITY;
            for (int row = 0; row < rows; row++) {
                max[c] = Math.max(max[c], logits.data[logits.index(row, c)]);
            }
            sum[c] = 0;
            for (int row = 0; row < rows; row++) {
                sum[c] += (float) Math.exp(logits.data[logits.index(row, c)] - max[c]);
            }
        }
    }

    @Override
    public int dot(byte[] a, byte[] b) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static float silu(float x) {
        return x * sigmoid(x);
    }

    private static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    private static float softplus(float x) {
        return (float) (Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))));
    }
}
