package io.mambaspark.model;

/**
 * The small networks on top of a reader: the gate that weighs tokens, the embedding, and the salience of sentences. The
 * formulas are in the checkpoint's reader.json. The arrays are shared: they must not be changed.
 *
 * @param gateWeight           [dModel]
 * @param embedWeight          [dEmbed, dModel], row-major
 * @param embedBias            [dEmbed]
 * @param salienceHiddenWeight [hidden, 6 + dEmbed], row-major
 * @param salienceHiddenBias   [hidden]
 * @param salienceOutWeight    [hidden]
 * @param featureMean          [6 + dEmbed], taken from the salience features
 * @param featureScale         [6 + dEmbed], what they are then divided by; never 0
 */
public record ReaderHeads(
        float[] gateWeight,
        float gateBias,
        float[] embedWeight,
        float[] embedBias,
        float[] salienceHiddenWeight,
        float[] salienceHiddenBias,
        float[] salienceOutWeight,
        float salienceOutBias,
        float[] featureMean,
        float[] featureScale) {
    /** Salience features beside the components of the sentence's own vector. */
    public static final int PLAIN_FEATURES = 6;

    /**
     * Refuses arrays that are empty, sizes that do not fit together and scales that cannot be divided by.
     *
     * @throws IllegalArgumentException naming the array and the sizes
     */
    public ReaderHeads {
        int dEmbed = embedBias.length;
        int features = PLAIN_FEATURES + dEmbed;
        int hidden = salienceHiddenBias.length;
        if (dEmbed == 0 || hidden == 0 || gateWeight.length == 0) {
            throw new IllegalArgumentException(
                    "embed.bias, salience.0.bias and gate.weight must have at least 1 value, not " + dEmbed + ", "
                            + hidden + " and " + gateWeight.length);
        }
        length("embed.weight", embedWeight, (long) dEmbed * gateWeight.length);
        length("salience.0.weight", salienceHiddenWeight, (long) hidden * features);
        length("salience.1.weight", salienceOutWeight, hidden);
        length("salience.feature_mean", featureMean, features);
        length("salience.feature_scale", featureScale, features);
        for (int i = 0; i < features; i++) {
            if (featureScale[i] == 0 || !Float.isFinite(featureScale[i])) {
                throw new IllegalArgumentException(
                        "salience.feature_scale[" + i + "] must be a number other than 0, not " + featureScale[i]);
            }
        }
    }

    private static void length(String name, float[] array, long expected) {
        if (array.length != expected) {
            throw new IllegalArgumentException(name + " must have " + expected + " values, not " + array.length);
        }
    }

    /** The width of the hidden states that the heads read. */
    public int dModel() {
        return gateWeight.length;
    }

    /** The length of an embedding. */
    public int dEmbed() {
        return embedBias.length;
    }

    /** The width of the salience network's hidden layer. */
    public int hidden() {
        return salienceHiddenBias.length;
    }
}
