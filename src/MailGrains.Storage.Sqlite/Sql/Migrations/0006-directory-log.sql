-- What the directory's log is owed. One row counts the acts; "pictured" is when the whole directory was last written down (µs since 1970), NULL: never.
CREATE TABLE directory_log (
    one      INTEGER PRIMARY KEY CHECK (one = 0),
    number   INTEGER NOT NULL,
    pictured INTEGER
) STRICT;

INSERT INTO directory_log (one, number) VALUES (0, 0);

-- Changes of groups, roles and domains that the log may not have yet. "details" is JSON with a version (DirectoryActCodec).
CREATE TABLE directory_act (
    number  INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,   -- µs since 1970
    type    TEXT NOT NULL,
    actor   TEXT,
    client  TEXT,
    details TEXT NOT NULL
) STRICT;
