/**
 * The engine on the CPU: {@link io.mambaspark.engine.cpu.CpuEngine} carries blocks through the layers,
 * {@link io.mambaspark.engine.cpu.Kernels} are its few primitives, once scalar (they read like the paper) and once with
 * the Vector API. Everything is package-private but the provider, {@link io.mambaspark.engine.cpu.ByteProduct} and {@link
 * io.mambaspark.engine.cpu.Projection}.
 */
package io.mambaspark.engine.cpu;
