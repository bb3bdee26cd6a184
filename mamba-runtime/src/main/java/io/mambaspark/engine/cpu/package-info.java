/**
 * The engine on the CPU: {@link io.mambaspark.engine.cpu.CpuEngine} carries blocks through the layers,
 * {@link io.mambaspark.engine.cpu.Kernels} are its few primitives, once scalar (they read like the paper) and once with
 * the Vector API. Everything but the provider and {@link io.mambaspark.engine.cpu.ByteProduct} is package-private.
 */
package io.mambaspark.engine.cpu;
