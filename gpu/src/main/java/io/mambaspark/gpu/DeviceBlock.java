package io.mambaspark.gpu;

import io.mambaspark.engine.ReadingState;
import io.mambaspark.engine.TokenBlock.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The segments, or parts of segments, that the device reads at once, from one call or several. */
final class DeviceBlock {
    /**
     * A part of a segment, {@code [from, to)} of its rows.
     *
     * @param index of the segment in its call
     * @param row   the first row in the block
     * @param given the slot of the state it starts from, -1 for none
     * @param kept  the slot of the state it ends with, -1 if that is not wanted or no other than before
     */
    record Share(Call call, int index, int from, int to, int row, int given, int kept) {
        Segment segment() {
            return call.segments.get(index);
        }

        int rows() {
            return to - from;
        }

        boolean ends() {
            return to == segment().length();
        }

        /** True if tokens behind the last cut go to a piece that stays open. */
        boolean leavesPieceOpen() {
            return !(ends() && segment().last());
        }

        /** The segment's first cut that lies in this share, and the one behind its last: a cut at 0 is the first share's. */
        int firstCut() {
            return from == 0 ? 0 : cutsUpTo(from);
        }

        int endCut() {
            return cutsUpTo(to);
        }

        private int cutsUpTo(int row) {
            int[] cuts = segment().cuts();
            int count = 0;
            while (count < cuts.length && cuts[count] <= row) {
                count++;
            }
            return count;
        }
    }

    /** Rows {@code [from, to)} of a call, which are the rows from {@code row} on of this block. */
    record Portion(Call call, int from, int to, int row) {
        boolean has(int ofCall) {
            return ofCall >= from && ofCall < to;
        }
    }

    private final int capacity;
    private final Set<ReadingState> states = Collections.newSetFromMap(new IdentityHashMap<>());
    final List<Share> shares = new ArrayList<>();
    final List<Portion> portions = new ArrayList<>();
    int rows;
    int given;
    int kept;

    DeviceBlock(int capacity) {
        this.capacity = capacity;
    }

    /** Takes as much of the call as fits; nothing more fits if the call is not {@linkplain Call#exhausted() exhausted} then. */
    void take(Call call) {
        int from = call.row();
        int row = rows;
        while (!call.exhausted() && takeShare(call)) {}
        portions.add(new Portion(call, from, call.row(), row));
    }

    private boolean takeShare(Call call) {
        Segment segment = call.segments.get(call.segment);
        ReadingState state = segment.state();
        int count = Math.min(segment.length() - call.offset, capacity - rows);
        boolean ends = call.offset + count == segment.length();
        boolean goesOn = state.tokens() > 0;
        boolean keeps = count > 0 && !(ends && segment.last());
        boolean fits = (count > 0 || ends)
                && (!goesOn || given < SpaceLayout.KEPT)
                && (!keeps || kept < SpaceLayout.KEPT)
                && states.add(state);
        if (!fits) {
            return false;
        }
        shares.add(new Share(
                call,
                call.segment,
                call.offset,
                call.offset + count,
                rows,
                goesOn ? given++ : -1,
                keeps ? kept++ : -1));
        rows += count;
        call.offset += count;
        if (ends) {
            call.segment++;
            call.offset = 0;
        }
        return ends;
    }
}
