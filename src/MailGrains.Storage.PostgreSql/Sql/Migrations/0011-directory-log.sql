-- What the directory's log is owed. One row counts the acts; "pictured" is when the whole directory was last written down (µs since 1970), NULL: never.
CREATE TABLE directory_log (
    one      boolean PRIMARY KEY CHECK (one),
    number   bigint NOT NULL,
    pictured bigint
);

INSERT INTO directory_log (one, number) VALUES (true, 0);

-- Changes of groups, roles and domains that the log may not have yet. "details" is JSON with a version (DirectoryActCodec).
CREATE TABLE directory_act (
    number  bigint PRIMARY KEY,
    at      bigint NOT NULL,   -- µs since 1970
    type    text NOT NULL,
    actor   text,
    client  text,
    details text NOT NULL
);
