package io.mambaspark.model;

import io.mambaspark.error.MambaError;
import io.mambaspark.text.ByteLevelBpe;
import io.mambaspark.text.Tokenizer;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model on disk or in the jar: what it is, its tokenizer, how it wants text to be read, and its weights.
 *
 * <p>A checkpoint is a Hugging Face folder: {@code config.json}, {@code model.safetensors} (or shards with
 * {@code model.safetensors.index.json}), {@code tokenizer.json}, and for a reader {@code reader.json} with
 * {@code heads.safetensors}. Everything but the weights is read and checked when it is opened; the weights are never
 * held, they stream through {@link #readWeights}. Immutable and thread-safe.
 *
 * <pre>{@code
 * Checkpoint checkpoint = Checkpoint.open(Path.of("/models/mamba-130m-hf"));
 * checkpoint.readWeights((name, shape, values) -> ...);
 * }</pre>
 */
public final class Checkpoint {
    private static final String BUILT_IN = "reader";
    private static final String CONFIG = "config.json";
    private static final String TOKENIZER = "tokenizer.json";
    private static final String READER = "reader.json";
    private static final String HEADS_FILE = "heads_file";
    private static final String HEADS = "heads.safetensors";

    private final String name;
    private final CheckpointFiles files;
    /** Of all files but the weights; of those of a reader, what changes its tokens or vectors. */
    private final ModelFingerprint small = new ModelFingerprint();

    private final ModelConfig config;
    private final WeightFiles weights;
    private final Tokenizer tokenizer;
    private final ReaderProfile profile;
    private final Optional<ReaderHeads> heads;
    private volatile String fingerprint;
    private volatile MambaError fault;

    private Checkpoint(String name, CheckpointFiles files) {
        this.name = name;
        this.files = files;
        this.config = ConfigReader.read(json(CONFIG));
        this.weights = WeightFiles.find(files);
        MambaTensors.check(config, weights.tensors(), files.location());
        this.tokenizer = files.has(TOKENIZER) ? readTokenizer() : null;
        Optional<CheckpointJson> reader = files.has(READER)
                ? Optional.of(CheckpointJson.parse(files.path(READER), files.json(READER)))
                : Optional.empty();
        this.profile =
                reader.map(json -> ProfileReader.read(json, config.vocabSize())).orElseGet(ReaderProfile::plain);
        reader.ifPresent(json -> small.add(READER, ReaderFingerprint.of(profile, json)));
        this.heads = reader.flatMap(this::readHeads);
    }

    /**
     * Opens the checkpoint in {@code folder}.
     *
     * @throws CheckpointException if a file is missing, damaged or of a model that is not supported
     */
    public static Checkpoint open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw CheckpointException.notFound(folder + " is not a folder. Point to the folder of a Hugging Face "
                    + "checkpoint, with config.json and model.safetensors in it.");
        }
        Path absolute = folder.toAbsolutePath().normalize();
        Path last = absolute.getFileName();
        return new Checkpoint(last == null ? absolute.toString() : last.toString(), new FolderFiles(absolute));
    }

    /** Opens the model that comes with this library. */
    public static Checkpoint builtIn() {
        return new Checkpoint("built-in", new ClassPathFiles(Checkpoint.class, BUILT_IN));
    }

    /** The folder's name, or {@code built-in}. */
    public String name() {
        return name;
    }

    /** The sizes of the model. */
    public ModelConfig config() {
        return config;
    }

    /**
     * The tokenizer.
     *
     * @throws CheckpointException if the checkpoint has none
     */
    public Tokenizer tokenizer() {
        if (tokenizer == null) {
            throw CheckpointException.notFound(files.location() + " has no " + TOKENIZER
                    + ". Copy the one that the model was trained with into the folder.");
        }
        return tokenizer;
    }

    /** How the checkpoint wants text to be read; {@link ReaderProfile#plain()} if it does not say. */
    public ReaderProfile profile() {
        return profile;
    }

    /** The heads for embeddings and salience, if the checkpoint has them. */
    public Optional<ReaderHeads> heads() {
        return heads;
    }

    /**
     * What names this model by what its tokens and vectors depend on: 64 hexadecimal digits, equal wherever the same files
     * are. The salience head and the rules by which sentences and passages are chosen do not count. Known once the weights
     * have been read; before that, this call reads them.
     */
    public String fingerprint() {
        if (fingerprint == null) {
            readWeights((tensor, shape, values) -> {});
        }
        return fingerprint;
    }

    /**
     * Streams all weights through {@code sink}, in file order.
     *
     * @throws CheckpointException if a file is cut, cannot be read, or is not the one that was there at opening
     */
    public void readWeights(WeightSink sink) {
        if (fingerprint != null) {
            weights.headers().forEach((file, header) -> stream(files.weights(file), header, sink));
            return;
        }
        ModelFingerprint all = small.copy();
        weights.headers().forEach((file, header) -> {
            DigestedBytes bytes = new DigestedBytes(files.weights(file));
            stream(bytes, header, sink);
            all.add(file, bytes);
        });
        fingerprint = all.hex();
    }

    /**
     * Why nothing that is read with these weights is worth anything: the first number that is not finite among the weights
     * that were decoded so far. Empty as long as there is none.
     */
    public Optional<MambaError> fault() {
        return Optional.ofNullable(fault);
    }

    private void noteFault(Safetensors read) {
        if (fault == null) {
            fault = read.fault().orElse(null);
        }
    }

    private void stream(FileBytes bytes, SafetensorsHeader expected, WeightSink sink) {
        try (Safetensors safetensors = Safetensors.open(bytes)) {
            if (!safetensors.header().equals(expected)) {
                throw CheckpointException.corrupt(bytes.file(), "it was changed after the checkpoint was opened");
            }
            safetensors.forEach((tensor, values) -> sink.tensor(tensor.name(), tensor.shapeArray(), values));
            noteFault(safetensors);
        }
    }

    private CheckpointJson json(String file) {
        return CheckpointJson.parse(files.path(file), content(file));
    }

    private byte[] content(String file) {
        if (!files.has(file)) {
            throw CheckpointException.notFound(files.location() + " has no " + file
                    + ". Point to the folder of a Hugging Face checkpoint with all of its files.");
        }
        byte[] content = files.json(file);
        small.add(file, content);
        return content;
    }

    private Tokenizer readTokenizer() {
        Tokenizer read = ByteLevelBpe.read(new ByteArrayInputStream(content(TOKENIZER)));
        if (read.vocabularySize() > config.vocabSize()) {
            throw CheckpointException.corrupt(
                    files.path(TOKENIZER),
                    "it has " + read.vocabularySize() + " tokens, but the model embeds only " + config.vocabSize());
        }
        return read;
    }

    private Optional<ReaderHeads> readHeads(CheckpointJson reader) {
        String file = reader.text(HEADS_FILE, HEADS);
        if (!FileNames.isPlain(file)) {
            throw CheckpointException.corrupt(
                    reader.file(), HEADS_FILE + " \"" + file + "\" is not the name of a file in the same folder");
        }
        if (!files.has(file)) {
            if (reader.has(HEADS_FILE)) {
                throw CheckpointException.notFound(
                        files.location() + " lacks " + file + ", which " + READER + " names.");
            }
            return Optional.empty();
        }
        try (Safetensors safetensors = Safetensors.open(files.weights(file))) {
            ReaderHeads read = HeadsReader.read(safetensors, files.path(file), config.dModel());
            noteFault(safetensors);
            small.add(HEADS, ReaderFingerprint.of(read));
            return Optional.of(read);
        }
    }
}
