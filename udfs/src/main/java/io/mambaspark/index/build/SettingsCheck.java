package io.mambaspark.index.build;

import io.mambaspark.index.Passages;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.IndexModel;
import io.mambaspark.index.store.Manifest;
import io.mambaspark.sql.MambaSqlException;
import java.util.Map;

/** What is added to an index must be of the same kind as what it has. */
final class SettingsCheck {
    private SettingsCheck() {}

    /** @throws MambaSqlException MAMBA_INDEX_SETTINGS_DIFFER */
    static void check(IndexFolder folder, Manifest index, IndexModel model, Passages passages, String keptColumns) {
        check(folder, "the model", text(index.model()), text(model));
        check(folder, "the passages", index.passages().name(), passages.name());
        check(folder, "the kept columns", text(index.keptColumns()), text(keptColumns));
    }

    private static void check(IndexFolder folder, String setting, String ofIndex, String asked) {
        if (!ofIndex.equals(asked)) {
            throw MambaSqlException.of(
                    "MAMBA_INDEX_SETTINGS_DIFFER",
                    Map.of("path", folder.root(), "setting", setting, "ofIndex", ofIndex, "asked", asked));
        }
    }

    /** The name is for people only: a checkpoint may be moved. */
    private static String text(IndexModel model) {
        return model.fingerprint() + " (" + model.dimension() + " wide)";
    }

    private static String text(String keptColumns) {
        return keptColumns.isEmpty() ? "none" : keptColumns;
    }
}
