-- Where partitions of the log begin whose oldest events were removed: with the one after "removed". latest: of the removed ones, in µs since 1970; edge: what the
-- hashes of the partition's tree are continued from.
CREATE TABLE log_start (
    partition integer PRIMARY KEY,
    removed   bigint NOT NULL,
    latest    bigint NOT NULL,
    edge      bytea NOT NULL
);

-- What the retention of the log knew of the clock when it last looked, in µs.
CREATE TABLE log_clock (
    no      integer PRIMARY KEY CHECK (no = 1),
    wall    bigint NOT NULL,
    waiting bigint NOT NULL
);
