/**
 * What an engine is: it reads blocks of tokens with a Mamba model and gives back the sums of the pieces between cut
 * points. Here live the interface, the values that cross it ({@link io.mambaspark.engine.TokenBlock},
 * {@link io.mambaspark.engine.ReadingState}, {@link io.mambaspark.engine.BlockReading}) and the choice among the
 * engines that are there. How an engine computes lives with the engine; what the sums mean lives in
 * {@code io.mambaspark.reading}.
 */
package io.mambaspark.engine;
