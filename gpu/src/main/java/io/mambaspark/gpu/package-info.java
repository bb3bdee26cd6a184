/**
 * The engine on a GPU, found as a service once its jar is on the class path. Here lives all that knows of OpenCL; what
 * an engine is, and the choice among the engines, lives in {@code io.mambaspark.engine}.
 */
package io.mambaspark.gpu;
