-- How far each subscriber of the log is: the last position whose effect is durable. state: 0 running, 1 paused.
CREATE TABLE mailgrains.subscriber (
    name      nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    partition int NOT NULL,
    position  bigint NOT NULL,
    state     int NOT NULL,
    PRIMARY KEY (name, partition)
);

-- Events that a subscriber passed over; "at" in µs since 1970.
CREATE TABLE mailgrains.dead_letter (
    name      nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    partition int NOT NULL,
    position  bigint NOT NULL,
    error     nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL,
    attempts  int NOT NULL,
    at        bigint NOT NULL,
    PRIMARY KEY (name, partition, position)
);
