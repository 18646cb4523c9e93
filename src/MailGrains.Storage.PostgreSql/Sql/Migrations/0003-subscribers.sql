-- How far each subscriber of the log is: the last position whose effect is durable. state: 0 running, 1 paused.
CREATE TABLE subscriber (
    name      text COLLATE "C" NOT NULL,
    partition integer NOT NULL,
    position  bigint NOT NULL,
    state     integer NOT NULL,
    PRIMARY KEY (name, partition)
) WITH (fillfactor = 10);

-- Events that a subscriber passed over; "at" in µs since 1970.
CREATE TABLE dead_letter (
    name      text COLLATE "C" NOT NULL,
    partition integer NOT NULL,
    position  bigint NOT NULL,
    error     text NOT NULL,
    attempts  integer NOT NULL,
    at        bigint NOT NULL,
    PRIMARY KEY (name, partition, position)
);
