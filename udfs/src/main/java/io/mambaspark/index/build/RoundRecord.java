package io.mambaspark.index.build;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mambaspark.index.store.IndexFailure;
import io.mambaspark.index.store.IndexFolder;
import io.mambaspark.index.store.SealedJson;
import io.mambaspark.index.store.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.fs.FSError;

/**
 * What is known of a round that was read to its end: written after its files, so that a round counts when it has one.
 *
 * @param settings it was read with
 * @param files    its Parquet files, by their names in the round's folder
 */
record RoundRecord(RoundSettings settings, List<StoredFile> files) {
    private static final SealedJson FORM = new SealedJson("round");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /** A round has a file for each of its tasks. */
    private static final int MOST_BYTES = 1 << 24;

    RoundRecord {
        files = List.copyOf(files);
    }

    void write(IndexFolder folder, String name) {
        try (OutputStream out = folder.create(name)) {
            out.write(FORM.seal(JSON.writeValueAsBytes(this)));
        } catch (IOException | FSError e) {
            throw IndexFailure.writing(folder.at(name), e);
        }
    }

    /** @throws IOException if it was cut or damaged, or names what is no file of a round */
    static RoundRecord read(IndexFolder folder, String name) throws IOException {
        byte[] bytes;
        try (InputStream in = folder.open(name)) {
            bytes = in.readNBytes(MOST_BYTES);
        } catch (FSError e) {
            throw new IOException(e.getMessage(), e);
        }
        RoundRecord round = JSON.readValue(FORM.open(bytes), RoundRecord.class);
        for (StoredFile file : round.files) {
            if (file.name() == null || file.sha256() == null || !file.hasPlainName()) {
                throw new IOException("it names " + file);
            }
        }
        return round;
    }
}
