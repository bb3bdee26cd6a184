package io.mambaspark.index.shard;

import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.roaringbitmap.RoaringBitmap;

/** The passages of a shard that a search may find. Immutable and thread-safe. */
public final class Selection {
    private final FixedBitSet bits;
    private final int passages;

    private Selection(FixedBitSet bits, int passages) {
        this.bits = bits;
        this.passages = passages;
    }

    /**
     * A selection of a shard's passages.
     *
     * @param passages of the shard
     * @param passing  ordinals of those that pass a filter; null if there is no filter
     * @param deleted  ordinals of those that are not to be found any more; null if there are none
     */
    static Selection of(int passages, RoaringBitmap passing, RoaringBitmap deleted) {
        if (passing == null && deleted == null) {
            return new Selection(null, passages);
        }
        FixedBitSet bits = new FixedBitSet(passages);
        if (passing == null) {
            bits.set(0, passages);
        } else {
            passing.forEach((int ordinal) -> bits.set(ordinal));
        }
        if (deleted != null) {
            deleted.forEach((int ordinal) -> bits.clear(ordinal));
        }
        return new Selection(bits, bits.cardinality());
    }

    /** How many passages may be found. */
    public int passages() {
        return passages;
    }

    /** The bits as Lucene takes them: null for all passages. */
    Bits bits() {
        return bits;
    }

    /** The first passage from {@code ordinal} on; {@code limit} if there is none below it. */
    int next(int ordinal, int limit) {
        if (ordinal >= limit || bits == null) {
            return Math.min(ordinal, limit);
        }
        return Math.min(bits.nextSetBit(ordinal), limit);
    }
}
