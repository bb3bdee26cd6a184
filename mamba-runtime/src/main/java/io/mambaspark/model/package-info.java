/**
 * Checkpoints: Hugging Face folders of Mamba models, and the one that is built in, opened, checked and read.
 *
 * <p>Here live the file formats (safetensors, config.json, reader.json), every check that a file must pass before its
 * numbers are used, and the fingerprint that names a model by its content. What is done with the numbers (packing,
 * kernels, devices) lives in {@code io.mambaspark.engine}; tokenizers live in {@code io.mambaspark.text}.
 */
package io.mambaspark.model;
