package io.mambaspark.sql.batch;

import io.mambaspark.sql.MambaConf;
import java.util.Optional;
import org.apache.spark.sql.internal.SQLConf;

/** The configuration of the session at hand. */
final class SessionConf {
    private SessionConf() {}

    /** What its keys say now. */
    static MambaConf read() {
        SQLConf session = SQLConf.get();
        return MambaConf.of(key -> session.contains(key) ? Optional.of(session.getConfString(key)) : Optional.empty());
    }
}
