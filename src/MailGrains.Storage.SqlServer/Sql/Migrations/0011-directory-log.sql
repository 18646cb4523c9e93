-- What the directory's log is owed. One row counts the acts; "pictured" is when the whole directory was last written down (µs since 1970), NULL: never.
CREATE TABLE mailgrains.directory_log (
    one      bit NOT NULL PRIMARY KEY CHECK (one = 1),
    number   bigint NOT NULL,
    pictured bigint NULL
);

INSERT INTO mailgrains.directory_log (one, number) VALUES (1, 0);

-- Changes of groups, roles and domains that the log may not have yet. "details" is JSON with a version (DirectoryActCodec).
CREATE TABLE mailgrains.directory_act (
    number  bigint NOT NULL PRIMARY KEY,
    at      bigint NOT NULL,   -- µs since 1970
    type    nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    actor   nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    client  nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
    details nvarchar(max) COLLATE Latin1_General_100_BIN2 NOT NULL
);
