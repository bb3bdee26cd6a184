package io.mambaspark.reading;

/** Σ g h and Σ g of a stretch of tokens, added up piece by piece in their order. */
final class PieceSum {
    final float[] sum;
    float weight;

    PieceSum(int dModel) {
        sum = new float[dModel];
    }

    PieceSum(float[] sums, int at, int dModel, float weight) {
        this(dModel);
        System.arraycopy(sums, at, sum, 0, dModel);
        this.weight = weight;
    }

    void add(PieceSum other) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.sum[i];
        }
        weight += other.weight;
    }
}
