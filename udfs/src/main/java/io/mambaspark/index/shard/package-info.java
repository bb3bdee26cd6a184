/**
 * One shard of an index: its Lucene index is written ({@link io.mambaspark.index.shard.ShardWriter}), read ({@link
 * io.mambaspark.index.shard.Shard}) and kept at hand on the disks of an executor ({@link
 * io.mambaspark.index.shard.ShardCache}).
 *
 * <p>Lucene is seen here and nowhere else in the index. Not here: what an index is made of ({@code index.store}), and what
 * several shards answer together ({@code index.search}).
 */
package io.mambaspark.index.shard;
