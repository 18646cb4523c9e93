-- Bodies of entries that were purged, whose text may be in the full-text index still.
CREATE TABLE record_noted (
    blob bytea PRIMARY KEY
);
