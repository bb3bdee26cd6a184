/**
 * How an index is built and changed: documents are planned, read in rounds, put into shards, and a manifest is committed; {@link
 * io.mambaspark.index.build.IndexBuilder} is a build from start to end, {@link io.mambaspark.index.build.IndexChanges} what can
 * be done to an index without reading.
 *
 * <p>Not here: how files are named and made current ({@code index.store}), and Lucene ({@code index.shard}).
 */
package io.mambaspark.index.build;
