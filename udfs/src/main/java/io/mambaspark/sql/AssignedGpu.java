package io.mambaspark.sql;

import io.mambaspark.engine.EngineOptions;
import io.mambaspark.engine.Engines;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** The GPU that Spark assigned to a task, as a setting of its engine. */
final class AssignedGpu {
    static final String ADDRESS = "gpu.address";
    private static final String RESOURCE = "gpu";

    private AssignedGpu() {}

    /** The options for the task of this thread: with the first of its GPUs, unless the user named one. */
    static EngineOptions in(EngineOptions options) {
        TaskContext task = TaskContext.get();
        return task == null ? options : with(task.resourcesJMap(), options);
    }

    static EngineOptions with(Map<String, ResourceInformation> resources, EngineOptions options) {
        boolean anyGpu =
                options.device().equals(Engines.AUTO) || options.device().equals(RESOURCE);
        ResourceInformation gpu = resources.get(RESOURCE);
        if (!anyGpu || gpu == null || options.settings().containsKey(ADDRESS) || gpu.addresses().length == 0) {
            return options;
        }
        Map<String, String> settings = new HashMap<>(options.settings());
        settings.put(ADDRESS, gpu.addresses()[0]);
        return options.withSettings(settings);
    }
}
