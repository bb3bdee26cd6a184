package io.mambaspark.sql;

import java.util.List;

/**
 * What {@link MambaFunctions#register} did.
 *
 * @param functions  the names that the session has now
 * @param evaluation how they are evaluated, and why; {@code mamba_info()} says the same
 */
public record Registration(List<String> functions, Evaluation evaluation) {}
