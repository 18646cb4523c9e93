-- Where partitions of the log begin whose oldest events were removed: with the one after "removed". latest: of the removed ones, in µs since 1970; edge: what the
-- hashes of the partition's tree are continued from.
CREATE TABLE mailgrains.log_start (
    partition int NOT NULL PRIMARY KEY,
    removed   bigint NOT NULL,
    latest    bigint NOT NULL,
    edge      varbinary(max) NOT NULL
);

-- What the retention of the log knew of the clock when it last looked, in µs.
CREATE TABLE mailgrains.log_clock (
    no      int NOT NULL PRIMARY KEY CHECK (no = 1),
    wall    bigint NOT NULL,
    waiting bigint NOT NULL
);
