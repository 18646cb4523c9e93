-- How far each subscriber of the log is: the last position whose effect is durable. state: 0 running, 1 paused.
CREATE TABLE subscriber (
    name      TEXT NOT NULL,
    partition INTEGER NOT NULL,
    position  INTEGER NOT NULL,
    state     INTEGER NOT NULL,
    PRIMARY KEY (name, partition)
) STRICT, WITHOUT ROWID;

-- Events that a subscriber passed over; "at" in µs since 1970.
CREATE TABLE dead_letter (
    name      TEXT NOT NULL,
    partition INTEGER NOT NULL,
    position  INTEGER NOT NULL,
    error     TEXT NOT NULL,
    attempts  INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (name, partition, position)
) STRICT, WITHOUT ROWID;
