-- Packs that were emptied and deleted: no place in them is taken in any more, by whichever process.
CREATE TABLE mailgrains.retired_pack (
    pack int NOT NULL PRIMARY KEY
);

-- What lies in a pack. Bodies in the database are not in it, and no column of it changes but when a body is moved.
CREATE INDEX body_pack ON mailgrains.body (pack) INCLUDE (stored_length) WHERE pack <> 0;

CREATE TYPE mailgrains.pack_list AS TABLE (pack int NOT NULL);

CREATE TYPE mailgrains.move_rows AS TABLE (
    blob        binary(32) NOT NULL PRIMARY KEY,
    pack        int NOT NULL,
    pack_offset bigint NOT NULL,
    to_pack     int NOT NULL,
    to_offset   bigint NOT NULL,
    to_length   int NOT NULL
);
