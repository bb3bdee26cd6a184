/**
 * What the shards of an index answer together: {@link io.mambaspark.index.search.IndexSearch} makes a lazy DataFrame of queries
 * and an index. Queries go to the shards and back three times: for the counts of their terms, for candidates, and for the texts
 * of the winners.
 *
 * <p>Not here: Lucene ({@code index.shard}), the files of an index ({@code index.store}) and Spark's internals.
 */
package io.mambaspark.index.search;
