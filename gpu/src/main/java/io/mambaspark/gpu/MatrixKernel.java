package io.mambaspark.gpu;

import io.mambaspark.gpu.Step.Product;

/**
 * Matrix products c = a Wᵀ in float32. A group makes one tile of c after the other; a work item makes numbers of it that
 * lie 16 rows and columns apart, in registers. Slices of a and W go through the group's own memory, the next slice is
 * on its way while the current one is used. W lies input by input ({@code [inputs, outputs]}, padded with zeros to whole
 * tiles and slices); rows of a behind the last are read and dropped, so they must exist.
 */
abstract class MatrixKernel extends DeviceArrays {
    /** Rows and outputs of a tile of {@link #wideProduct}. */
    static final int WIDE = 128;
    /** Rows and outputs of a tile of {@link #narrowProduct}. */
    static final int NARROW = 64;
    /** W is padded to a multiple of this many inputs. */
    static final int SLICE = 16;

    private static final int WIDE_SLICE = 8;
    /** The pads keep the work items that write one slice side by side out of each other's memory banks. */
    private static final int WIDE_A = WIDE + 4;

    private static final int WIDE_W_AT = 2 * WIDE_SLICE * WIDE_A;
    private static final int NARROW_A = NARROW + 2;
    private static final int NARROW_W_AT = 2 * SLICE * NARROW_A;
    private static final float LOWEST = -3.0e38f;

    /** Tiles of 128 x 128, 8 x 8 numbers a work item. */
    final void wideProduct(int at) {
        int aStride = plan[at + Product.A_STRIDE];
        int wStride = plan[at + Product.WEIGHT_STRIDE];
        int inputs = plan[at + Product.INPUTS];
        int across = (plan[at + Product.OUTPUTS] + WIDE - 1) / WIDE;
        int tiles = (plan[at + Product.ROWS] + WIDE - 1) / WIDE * across;
        int item = getLocalId(0);
        int tr = item / 16;
        int tc = item % 16;
        int ak = item % WIDE_SLICE;
        int ar = item / WIDE_SLICE;
        int aSlot = ak * WIDE_A + ar;
        int wSlot = WIDE_W_AT + item;
        for (int t = getGroupId(0); t < tiles; t += getNumGroups(0)) {
            int row = t / across * WIDE;
            int col = t % across * WIDE;
            int aAt = plan[at + Product.A] + (row + ar) * aStride + ak;
            int wAt = plan[at + Product.WEIGHT] + item / WIDE * wStride + col + item % WIDE;
            float c00 = 0f;
            float c01 = 0f;
            float c02 = 0f;
            float c03 = 0f;
            float c04 = 0f;
            float c05 = 0f;
            float c06 = 0f;
            float c07 = 0f;
            float c10 = 0f;
            float c11 = 0f;
            float c12 = 0f;
            float c13 = 0f;
            float c14 = 0f;
            float c15 = 0f;
            float c16 = 0f;
            float c17 = 0f;
            float c20 = 0f;
            float c21 = 0f;
            float c22 = 0f;
            float c23 = 0f;
            float c24 = 0f;
            float c25 = 0f;
            float c26 = 0f;
            float c27 = 0f;
            float c30 = 0f;
            float c31 = 0f;
            float c32 = 0f;
            float c33 = 0f;
            float c34 = 0f;
            float c35 = 0f;
            float c36 = 0f;
            float c37 = 0f;
            float c40 = 0f;
            float c41 = 0f;
            float c42 = 0f;
            float c43 = 0f;
            float c44 = 0f;
            float c45 = 0f;
            float c46 = 0f;
            float c47 = 0f;
            float c50 = 0f;
            float c51 = 0f;
            float c52 = 0f;
            float c53 = 0f;
            float c54 = 0f;
            float c55 = 0f;
            float c56 = 0f;
            float c57 = 0f;
            float c60 = 0f;
            float c61 = 0f;
            float c62 = 0f;
            float c63 = 0f;
            float c64 = 0f;
            float c65 = 0f;
            float c66 = 0f;
            float c67 = 0f;
            float c70 = 0f;
            float c71 = 0f;
            float c72 = 0f;
            float c73 = 0f;
            float c74 = 0f;
            float c75 = 0f;
            float c76 = 0f;
            float c77 = 0f;
            float a0 = 0f;
            float a1 = 0f;
            float a2 = 0f;
            float a3 = 0f;
            if (ak < inputs) {
                a0 = space[aAt];
                a1 = space[aAt + 32 * aStride];
                a2 = space[aAt + 64 * aStride];
                a3 = space[aAt + 96 * aStride];
            }
            float w0 = weights[wAt];
            float w1 = weights[wAt + 2 * wStride];
            float w2 = weights[wAt + 4 * wStride];
            float w3 = weights[wAt + 6 * wStride];
            tile[aSlot] = a0;
            tile[aSlot + 32] = a1;
            tile[aSlot + 64] = a2;
            tile[aSlot + 96] = a3;
            tile[wSlot] = w0;
            tile[wSlot + 256] = w1;
            tile[wSlot + 512] = w2;
            tile[wSlot + 768] = w3;
            int side = 0;
            localBarrier();
            for (int k = 0; k < inputs; k += WIDE_SLICE) {
                boolean more = k + WIDE_SLICE < inputs;
                if (more) {
                    aAt += WIDE_SLICE;
                    wAt += WIDE_SLICE * wStride;
                    a0 = 0f;
                    a1 = 0f;
                    a2 = 0f;
                    a3 = 0f;
                    if (k + WIDE_SLICE + ak < inputs) {
                        a0 = space[aAt];
                        a1 = space[aAt + 32 * aStride];
                        a2 = space[aAt + 64 * aStride];
                        a3 = space[aAt + 96 * aStride];
                    }
                    w0 = weights[wAt];
                    w1 = weights[wAt + 2 * wStride];
                    w2 = weights[wAt + 4 * wStride];
                    w3 = weights[wAt + 6 * wStride];
                }
                int x = side * (WIDE_SLICE * WIDE_A) + tr;
                int y = WIDE_W_AT + side * (WIDE_SLICE * WIDE) + tc;
                for (int s = 0; s < WIDE_SLICE; s++) {
                    float x0 = tile[x];
                    float x1 = tile[x + 16];
                    float x2 = tile[x + 32];
                    float x3 = tile[x + 48];
                    float x4 = tile[x + 64];
                    float x5 = tile[x + 80];
                    float x6 = tile[x + 96];
                    float x7 = tile[x + 112];
                    float y0 = tile[y];
                    float y1 = tile[y + 16];
                    float y2 = tile[y + 32];
                    float y3 = tile[y + 48];
                    float y4 = tile[y + 64];
                    float y5 = tile[y + 80];
                    float y6 = tile[y + 96];
                    float y7 = tile[y + 112];
                    c00 = fma(x0, y0, c00);
                    c01 = fma(x0, y1, c01);
                    c02 = fma(x0, y2, c02);
                    c03 = fma(x0, y3, c03);
                    c04 = fma(x0, y4, c04);
                    c05 = fma(x0, y5, c05);
                    c06 = fma(x0, y6, c06);
                    c07 = fma(x0, y7, c07);
                    c10 = fma(x1, y0, c10);
                    c11 = fma(x1, y1, c11);
                    c12 = fma(x1, y2, c12);
                    c13 = fma(x1, y3, c13);
                    c14 = fma(x1, y4, c14);
                    c15 = fma(x1, y5, c15);
                    c16 = fma(x1, y6, c16);
                    c17 = fma(x1, y7, c17);
                    c20 = fma(x2, y0, c20);
                    c21 = fma(x2, y1, c21);
                    c22 = fma(x2, y2, c22);
                    c23 = fma(x2, y3, c23);
                    c24 = fma(x2, y4, c24);
                    c25 = fma(x2, y5, c25);
                    c26 = fma(x2, y6, c26);
                    c27 = fma(x2, y7, c27);
                    c30 = fma(x3, y0, c30);
                    c31 = fma(x3, y1, c31);
                    c32 = fma(x3, y2, c32);
                    c33 = fma(x3, y3, c33);
                    c34 = fma(x3, y4, c34);
                    c35 = fma(x3, y5, c35);
                    c36 = fma(x3, y6, c36);
                    c37 = fma(x3, y7, c37);
                    c40 = fma(x4, y0, c40);
                    c41 = fma(x4, y1, c41);
                    c42 = fma(x4, y2, c42);
                    c43 = fma(x4, y3, c43);
                    c44 = fma(x4, y4, c44);
                    c45 = fma(x4, y5, c45);
                    c46 = fma(x4, y6, c46);
                    c47 = fma(x4, y7, c47);
                    c50 = fma(x5, y0, c50);
                    c51 = fma(x5, y1, c51);
                    c52 = fma(x5, y2, c52);
                    c53 = fma(x5, y3, c53);
                    c54 = fma(x5, y4, c54);
                    c55 = fma(x5, y5, c55);
                    c56 = fma(x5, y6, c56);
                    c57 = fma(x5, y7, c57);
                    c60 = fma(x6, y0, c60);
                    c61 = fma(x6, y1, c61);
                    c62 = fma(x6, y2, c62);
                    c63 = fma(x6, y3, c63);
                    c64 = fma(x6, y4, c64);
                    c65 = fma(x6, y5, c65);
                    c66 = fma(x6, y6, c66);
                    c67 = fma(x6, y7, c67);
                    c70 = fma(x7, y0, c70);
                    c71 = fma(x7, y1, c71);
                    c72 = fma(x7, y2, c72);
                    c73 = fma(x7, y3, c73);
                    c74 = fma(x7, y4, c74);
                    c75 = fma(x7, y5, c75);
                    c76 = fma(x7, y6, c76);
                    c77 = fma(x7, y7, c77);
                    x += WIDE_A;
                    y += WIDE;
                }
                if (more) {
                    side = 1 - side;
                    int aTo = aSlot + side * (WIDE_SLICE * WIDE_A);
                    int wTo = wSlot + side * (WIDE_SLICE * WIDE);
                    tile[aTo] = a0;
                    tile[aTo + 32] = a1;
                    tile[aTo + 64] = a2;
                    tile[aTo + 96] = a3;
                    tile[wTo] = w0;
                    tile[wTo + 256] = w1;
                    tile[wTo + 512] = w2;
                    tile[wTo + 768] = w3;
                }
                localBarrier();
            }
            if (plan[at + Product.ENDING] == Product.SUMMED) {
                sumPart(at, (tr + 0) * 16 + tc, col + tc, c00, c01, c02, c03, c04, c05, c06, c07);
                sumPart(at, (tr + 16) * 16 + tc, col + tc, c10, c11, c12, c13, c14, c15, c16, c17);
                sumPart(at, (tr + 32) * 16 + tc, col + tc, c20, c21, c22, c23, c24, c25, c26, c27);
                sumPart(at, (tr + 48) * 16 + tc, col + tc, c30, c31, c32, c33, c34, c35, c36, c37);
                sumPart(at, (tr + 64) * 16 + tc, col + tc, c40, c41, c42, c43, c44, c45, c46, c47);
                sumPart(at, (tr + 80) * 16 + tc, col + tc, c50, c51, c52, c53, c54, c55, c56, c57);
                sumPart(at, (tr + 96) * 16 + tc, col + tc, c60, c61, c62, c63, c64, c65, c66, c67);
                sumPart(at, (tr + 112) * 16 + tc, col + tc, c70, c71, c72, c73, c74, c75, c76, c77);
                localBarrier();
                sumRow(at, row, t % across, across);
                localBarrier();
            } else {
                storeHalf(at, row + tr + 0, col + tc, c00, c01, c02, c03);
                storeHalf(at, row + tr + 0, col + tc + 64, c04, c05, c06, c07);
                storeHalf(at, row + tr + 16, col + tc, c10, c11, c12, c13);
                storeHalf(at, row + tr + 16, col + tc + 64, c14, c15, c16, c17);
                storeHalf(at, row + tr + 32, col + tc, c20, c21, c22, c23);
                storeHalf(at, row + tr + 32, col + tc + 64, c24, c25, c26, c27);
                storeHalf(at, row + tr + 48, col + tc, c30, c31, c32, c33);
                storeHalf(at, row + tr + 48, col + tc + 64, c34, c35, c36, c37);
                storeHalf(at, row + tr + 64, col + tc, c40, c41, c42, c43);
                storeHalf(at, row + tr + 64, col + tc + 64, c44, c45, c46, c47);
                storeHalf(at, row + tr + 80, col + tc, c50, c51, c52, c53);
                storeHalf(at, row + tr + 80, col + tc + 64, c54, c55, c56, c57);
                storeHalf(at, row + tr + 96, col + tc, c60, c61, c62, c63);
                storeHalf(at, row + tr + 96, col + tc + 64, c64, c65, c66, c67);
                storeHalf(at, row + tr + 112, col + tc, c70, c71, c72, c73);
                storeHalf(at, row + tr + 112, col + tc + 64, c74, c75, c76, c77);
            }
        }
    }

    /** Tiles of 64 x 64, 4 x 4 numbers a work item. */
    final void narrowProduct(int at) {
        int aStride = plan[at + Product.A_STRIDE];
        int wStride = plan[at + Product.WEIGHT_STRIDE];
        int inputs = plan[at + Product.INPUTS];
        int across = (plan[at + Product.OUTPUTS] + NARROW - 1) / NARROW;
        int tiles = (plan[at + Product.ROWS] + NARROW - 1) / NARROW * across;
        int item = getLocalId(0);
        int tr = item / 16;
        int tc = item % 16;
        int ak = item % SLICE;
        int ar = item / SLICE;
        int aSlot = ak * NARROW_A + ar;
        int wSlot = NARROW_W_AT + item;
        for (int t = getGroupId(0); t < tiles; t += getNumGroups(0)) {
            int row = t / across * NARROW;
            int col = t % across * NARROW;
            int aAt = plan[at + Product.A] + (row + ar) * aStride + ak;
            int wAt = plan[at + Product.WEIGHT] + item / NARROW * wStride + col + item % NARROW;
            float c00 = 0f;
            float c01 = 0f;
            float c02 = 0f;
            float c03 = 0f;
            float c10 = 0f;
            float c11 = 0f;
            float c12 = 0f;
            float c13 = 0f;
            float c20 = 0f;
            float c21 = 0f;
            float c22 = 0f;
            float c23 = 0f;
            float c30 = 0f;
            float c31 = 0f;
            float c32 = 0f;
            float c33 = 0f;
            float a0 = 0f;
            float a1 = 0f;
            float a2 = 0f;
            float a3 = 0f;
            if (ak < inputs) {
                a0 = space[aAt];
                a1 = space[aAt + 16 * aStride];
                a2 = space[aAt + 32 * aStride];
                a3 = space[aAt + 48 * aStride];
            }
            float w0 = weights[wAt];
            float w1 = weights[wAt + 4 * wStride];
            float w2 = weights[wAt + 8 * wStride];
            float w3 = weights[wAt + 12 * wStride];
            tile[aSlot] = a0;
            tile[aSlot + 16] = a1;
            tile[aSlot + 32] = a2;
            tile[aSlot + 48] = a3;
            tile[wSlot] = w0;
            tile[wSlot + 256] = w1;
            tile[wSlot + 512] = w2;
            tile[wSlot + 768] = w3;
            int side = 0;
            localBarrier();
            for (int k = 0; k < inputs; k += SLICE) {
                boolean more = k + SLICE < inputs;
                if (more) {
                    aAt += SLICE;
                    wAt += SLICE * wStride;
                    a0 = 0f;
                    a1 = 0f;
                    a2 = 0f;
                    a3 = 0f;
                    if (k + SLICE + ak < inputs) {
                        a0 = space[aAt];
                        a1 = space[aAt + 16 * aStride];
                        a2 = space[aAt + 32 * aStride];
                        a3 = space[aAt + 48 * aStride];
                    }
                    w0 = weights[wAt];
                    w1 = weights[wAt + 4 * wStride];
                    w2 = weights[wAt + 8 * wStride];
                    w3 = weights[wAt + 12 * wStride];
                }
                int x = side * (SLICE * NARROW_A) + tr;
                int y = NARROW_W_AT + side * (SLICE * NARROW) + tc;
                for (int s = 0; s < SLICE; s++) {
                    float x0 = tile[x];
                    float x1 = tile[x + 16];
                    float x2 = tile[x + 32];
                    float x3 = tile[x + 48];
                    float y0 = tile[y];
                    float y1 = tile[y + 16];
                    float y2 = tile[y + 32];
                    float y3 = tile[y + 48];
                    c00 = fma(x0, y0, c00);
                    c01 = fma(x0, y1, c01);
                    c02 = fma(x0, y2, c02);
                    c03 = fma(x0, y3, c03);
                    c10 = fma(x1, y0, c10);
                    c11 = fma(x1, y1, c11);
                    c12 = fma(x1, y2, c12);
                    c13 = fma(x1, y3, c13);
                    c20 = fma(x2, y0, c20);
                    c21 = fma(x2, y1, c21);
                    c22 = fma(x2, y2, c22);
                    c23 = fma(x2, y3, c23);
                    c30 = fma(x3, y0, c30);
                    c31 = fma(x3, y1, c31);
                    c32 = fma(x3, y2, c32);
                    c33 = fma(x3, y3, c33);
                    x += NARROW_A;
                    y += NARROW;
                }
                if (more) {
                    side = 1 - side;
                    int aTo = aSlot + side * (SLICE * NARROW_A);
                    int wTo = wSlot + side * (SLICE * NARROW);
                    tile[aTo] = a0;
                    tile[aTo + 16] = a1;
                    tile[aTo + 32] = a2;
                    tile[aTo + 48] = a3;
                    tile[wTo] = w0;
                    tile[wTo + 256] = w1;
                    tile[wTo + 512] = w2;
                    tile[wTo + 768] = w3;
                }
                localBarrier();
            }
            storeHalf(at, row + tr + 0, col + tc, c00, c01, c02, c03);
            storeHalf(at, row + tr + 16, col + tc, c10, c11, c12, c13);
            storeHalf(at, row + tr + 32, col + tc, c20, c21, c22, c23);
            storeHalf(at, row + tr + 48, col + tc, c30, c31, c32, c33);
        }
    }

    /** Ends four numbers of a row, 16 outputs apart. */
    private void storeHalf(int at, int row, int col, float v0, float v1, float v2, float v3) {
        if (row < plan[at + Product.ROWS]) {
            store(at, row, col, v0);
            store(at, row, col + 16, v1);
            store(at, row, col + 32, v2);
            store(at, row, col + 48, v3);
        }
    }

    private void store(int at, int row, int col, float v) {
        if (col < plan[at + Product.OUTPUTS]) {
            int ending = plan[at + Product.ENDING];
            int operand = plan[at + Product.OPERAND];
            int place = plan[at + Product.C] + row * plan[at + Product.C_STRIDE] + col;
            float c = v;
            if (ending == Product.SCALED) {
                c = v * space[operand + row];
            } else if (ending == Product.ADDED) {
                c = v + space[place];
            } else if (ending == Product.SOFTPLUS) {
                float s = v + weights[operand + col];
                c = max(s, 0f) + log1p(exp(-abs(s)));
            }
            space[place] = c;
        }
    }

    /** The largest of a work item's eight numbers of a row, and the sum of their exponentials. */
    private void sumPart(
            int at, int slot, int col, float v0, float v1, float v2, float v3, float v4, float v5, float v6, float v7) {
        int outputs = plan[at + Product.OUTPUTS];
        float largest = LOWEST;
        if (col < outputs) {
            largest = max(largest, v0);
        }
        if (col + 16 < outputs) {
            largest = max(largest, v1);
        }
        if (col + 32 < outputs) {
            largest = max(largest, v2);
        }
        if (col + 48 < outputs) {
            largest = max(largest, v3);
        }
        if (col + 64 < outputs) {
            largest = max(largest, v4);
        }
        if (col + 80 < outputs) {
            largest = max(largest, v5);
        }
        if (col + 96 < outputs) {
            largest = max(largest, v6);
        }
        if (col + 112 < outputs) {
            largest = max(largest, v7);
        }
        float sum = 0f;
        if (col < outputs) {
            sum += exp(v0 - largest);
        }
        if (col + 16 < outputs) {
            sum += exp(v1 - largest);
        }
        if (col + 32 < outputs) {
            sum += exp(v2 - largest);
        }
        if (col + 48 < outputs) {
            sum += exp(v3 - largest);
        }
        if (col + 64 < outputs) {
            sum += exp(v4 - largest);
        }
        if (col + 80 < outputs) {
            sum += exp(v5 - largest);
        }
        if (col + 96 < outputs) {
            sum += exp(v6 - largest);
        }
        if (col + 112 < outputs) {
            sum += exp(v7 - largest);
        }
        tile[2 * slot] = largest;
        tile[2 * slot + 1] = sum;
    }

    /** Joins the 16 parts of each row of a tile. */
    private void sumRow(int at, int firstRow, int across, int tilesAcross) {
        int item = getLocalId(0);
        int row = firstRow + item;
        if (item < WIDE && row < plan[at + Product.ROWS]) {
            float largest = LOWEST;
            for (int i = 0; i < 16; i++) {
                largest = max(largest, tile[(item * 16 + i) * 2]);
            }
            float sum = 0f;
            for (int i = 0; i < 16; i++) {
                int slot = (item * 16 + i) * 2;
                sum += tile[slot + 1] * exp(tile[slot] - largest);
            }
            int place = plan[at + Product.C] + (row * tilesAcross + across) * 2;
            space[place] = largest;
            space[place + 1] = sum;
        }
    }
}
