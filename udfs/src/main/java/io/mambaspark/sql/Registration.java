package io.mambaspark.sql;

import java.util.List;

/**
 * What {@link MambaFunctions#register} did.
 *
 * @param functions the names that the session has now
 * @param batched   whether many rows are read together
 * @param reason    why
 */
public record Registration(List<String> functions, boolean batched, String reason) {}
