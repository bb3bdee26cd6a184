/**
 * How an index lies in its folder: the {@link io.mambaspark.index.store.Manifest}, which names every file that counts, and the
 * {@link io.mambaspark.index.store.ManifestStore}, which makes a new one current at one stroke.
 * What is read is checked before it is used, as an index may come from anybody: {@link
 * io.mambaspark.index.store.ManifestStore} refuses a damaged manifest, {@link io.mambaspark.index.store.ParquetFiles} files that
 * are not what was written.
 *
 * <p>Not here: what is in the files (Parquet is Spark's, shards are Lucene's) and who makes them ({@code build}).
 */
package io.mambaspark.index.store;
