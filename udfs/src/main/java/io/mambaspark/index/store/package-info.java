/**
 * How an index lies in its folder: the {@link io.mambaspark.index.store.Manifest}, which names every file that counts, and the
 * {@link io.mambaspark.index.store.ManifestStore}, which makes a new one current at one stroke.
 *
 * <p>Not here: what is in the files (Parquet is Spark's, shards are Lucene's) and who makes them ({@code build}).
 */
package io.mambaspark.index.store;
