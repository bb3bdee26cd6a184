package io.mambaspark.jobs;

import java.io.IOException;
import java.util.Collection;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Something that a job reads or writes, and where it is stored.
 *
 * @param name what the user called it, with its option
 * @param path where it is stored
 */
record Place(String name, RealPath path) {
    static Place of(String option, String path, Configuration hadoop) {
        try {
            return new Place(option + " " + path, RealPath.of(path(path), hadoop));
        } catch (IOException | IllegalArgumentException e) {
            throw unreachable(option + " " + path, e);
        }
    }

    /** A folder of this machine. */
    static Place ofLocal(String option, String path, Configuration hadoop) {
        try {
            return new Place(option + " " + path, RealPath.ofLocal(path, hadoop));
        } catch (IOException e) {
            throw unreachable(option + " " + path, e);
        }
    }

    /** Path takes what precedes a colon for a scheme; {@code 12:00 notes} has none. */
    static Path path(String given) {
        try {
            return new Path(given);
        } catch (IllegalArgumentException e) {
            return new Path(null, null, given);
        }
    }

    private static UsageException unreachable(String name, Exception e) {
        return new UsageException(name + " cannot be reached: " + e.getMessage() + ".");
    }

    /** Refuses to write this if it is, is in, or contains anything that is read. */
    void refuseOverlap(Collection<Place> read) {
        for (Place place : read) {
            boolean inside = path.isIn(place.path);
            boolean contains = place.path.isIn(path);
            if (inside && contains) {
                throw new UsageException(name + " is the same as " + place.name + ": write to another folder.");
            }
            if (inside) {
                throw new UsageException(name + " is inside " + place.name + ": write to a folder outside of it.");
            }
            if (contains) {
                throw new UsageException(name + " contains " + place.name + ": write to another folder.");
            }
        }
    }
}
