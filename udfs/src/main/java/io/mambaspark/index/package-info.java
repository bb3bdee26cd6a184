/**
 * The retrieval index over many documents, as a user holds it: {@link io.mambaspark.index.MambaIndex} is an index, {@link
 * io.mambaspark.index.IndexBuild} makes one or adds to it, and the records beside them say what came of that.
 *
 * <p>Not here: how an index lies in its folder ({@code store}), how it is built ({@code build}), Lucene ({@code shard}) and
 * how it is searched ({@code search}).
 */
package io.mambaspark.index;
