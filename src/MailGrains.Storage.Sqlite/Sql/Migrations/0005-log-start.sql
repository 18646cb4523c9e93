-- Where partitions of the log begin whose oldest events were removed: with the one after "removed". latest: of the removed ones, in µs since 1970; edge: what the
-- hashes of the partition's tree are continued from.
CREATE TABLE log_start (
    partition INTEGER PRIMARY KEY,
    removed   INTEGER NOT NULL,
    latest    INTEGER NOT NULL,
    edge      BLOB NOT NULL
) STRICT;

-- What the retention of the log knew of the clock when it last looked, in µs.
CREATE TABLE log_clock (
    no      INTEGER PRIMARY KEY CHECK (no = 1),
    wall    INTEGER NOT NULL,
    waiting INTEGER NOT NULL
) STRICT;
