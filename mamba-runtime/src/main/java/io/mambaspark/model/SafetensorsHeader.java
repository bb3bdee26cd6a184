package io.mambaspark.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a safetensors file holds: its tensors in file order, which together fill the data section without gap or overlap.
 *
 * <p>The format: 8 bytes with the length of the header (unsigned, little-endian), the header (a JSON object from tensor
 * name to dtype, shape and data_offsets), then the data (<a href="https://github.com/huggingface/safetensors">format
 * description</a>).
 */
record SafetensorsHeader(List<Tensor> tensors) {
    /** No model comes near it; a file may not make this program hold millions of extents. */
    private static final int MAX_RANK = 32;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names from a file do not belong in tables that outlive it.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    /** The length of the data section. */
    long dataLength() {
        return tensors.isEmpty() ? 0 : tensors.get(tensors.size() - 1).end();
    }

    /** Parses and checks the JSON of a header. */
    static SafetensorsHeader parse(String file, byte[] json) {
        // Decoded here, because Jackson would guess other encodings than UTF-8 from bytes.
        InputStreamReader text =
                new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser parser = JSON.createParser(text)) {
            List<Tensor> tensors = new HeaderParser(file, parser).tensors();
            tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
            checkContiguous(file, tensors);
            return new SafetensorsHeader(List.copyOf(tensors));
        } catch (IOException e) {
            throw CheckpointException.corrupt(file, "the header is not valid JSON (" + e.getMessage() + ")", e);
        }
    }

    private static void checkContiguous(String file, List<Tensor> tensors) {
        long end = 0;
        for (Tensor tensor : tensors) {
            if (tensor.begin() != end) {
                String fault = tensor.begin() < end ? "overlaps the tensor before it" : "leaves a gap before it";
                throw CheckpointException.corrupt(
                        file,
                        "tensor " + tensor.name() + " at data_offsets [" + tensor.begin() + ", " + tensor.end() + "] "
                                + fault + ", which ends at " + end);
            }
            end = tensor.end();
        }
    }

    /** Walks over the JSON of one header. */
    private record HeaderParser(String file, JsonParser json) {
        List<Tensor> tensors() throws IOException {
            expect(json.nextToken(), JsonToken.START_OBJECT, "the header");
            List<Tensor> tensors = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                if (name.equals("__metadata__")) {
                    skipMetadata();
                } else {
                    tensors.add(tensor(name));
                }
            }
            if (json.nextToken() != null) {
                throw CheckpointException.corrupt(file, "the header goes on after its closing brace");
            }
            return tensors;
        }

        private void skipMetadata() throws IOException {
            expect(json.nextToken(), JsonToken.START_OBJECT, "__metadata__");
            while (json.nextToken() != JsonToken.END_OBJECT) {
                expect(json.nextToken(), JsonToken.VALUE_STRING, "__metadata__." + json.currentName());
            }
        }

        private Tensor tensor(String name) throws IOException {
            expect(json.nextToken(), JsonToken.START_OBJECT, "tensor " + name);
            Dtype dtype = null;
            List<Long> shape = null;
            List<Long> offsets = null;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String field = json.currentName();
                switch (field) {
                    case "dtype" -> dtype = dtype(name);
                    case "shape" -> shape = numbers(name, field);
                    case "data_offsets" -> offsets = numbers(name, field);
                    default -> throw corrupt(name, "has an unknown field " + field);
                }
            }
            if (dtype == null || shape == null || offsets == null) {
                throw corrupt(name, "lacks dtype, shape or data_offsets");
            }
            return checked(name, dtype, shape, offsets);
        }

        private Dtype dtype(String name) throws IOException {
            expect(json.nextToken(), JsonToken.VALUE_STRING, "dtype of tensor " + name);
            String dtype = json.getText();
            return Dtype.named(dtype).orElseThrow(() -> corrupt(name, "has an unknown dtype " + dtype));
        }

        private List<Long> numbers(String name, String field) throws IOException {
            expect(json.nextToken(), JsonToken.START_ARRAY, field + " of tensor " + name);
            List<Long> numbers = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, field + " of tensor " + name);
                long number = json.getLongValue();
                if (number < 0) {
                    throw corrupt(name, "has a negative number in " + field + ": " + number);
                }
                if (numbers.size() == MAX_RANK) {
                    throw corrupt(name, "has more than " + MAX_RANK + " numbers in " + field);
                }
                numbers.add(number);
            }
            return List.copyOf(numbers);
        }

        private Tensor checked(String name, Dtype dtype, List<Long> shape, List<Long> offsets) {
            if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
                throw corrupt(name, "needs data_offsets [begin, end] with begin <= end, not " + offsets);
            }
            Tensor tensor = new Tensor(name, dtype, shape, offsets.get(0), offsets.get(1));
            long bytes = bytes(name, dtype, shape);
            if (bytes != tensor.bytes()) {
                throw corrupt(
                        name,
                        "of " + dtype + " " + shape + " takes " + bytes + " bytes, but data_offsets " + offsets
                                + " hold " + tensor.bytes());
            }
            return tensor;
        }

        private long bytes(String name, Dtype dtype, List<Long> shape) {
            try {
                long bits = dtype.bits();
                for (long extent : shape) {
                    bits = Math.multiplyExact(bits, extent);
                }
                if (bits % Byte.SIZE != 0) {
                    throw corrupt(name, "of " + dtype + " " + shape + " does not end at a whole byte");
                }
                return bits / Byte.SIZE;
            } catch (ArithmeticException e) {
                throw corrupt(name, "of " + dtype + " " + shape + " is larger than any file");
            }
        }

        private void expect(JsonToken actual, JsonToken expected, String what) {
            if (actual != expected) {
                throw CheckpointException.corrupt(
                        file, what + " must be " + expected + " in the header, not " + actual);
            }
        }

        private CheckpointException corrupt(String tensor, String problem) {
            return CheckpointException.corrupt(file, "tensor " + tensor + " " + problem);
        }
    }
}
