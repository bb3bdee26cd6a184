package io.mambaspark.jobs;

/**
 * A query of the job search.
 *
 * @param id   what its rows are called
 * @param text what to look for
 */
record SearchQuery(String id, String text) {}
