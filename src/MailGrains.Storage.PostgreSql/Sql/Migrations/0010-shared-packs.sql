-- Packs that were emptied and deleted: no place in them is taken in any more, by whichever process.
CREATE TABLE retired_pack (
    pack integer PRIMARY KEY
);

-- What lies in a pack. Bodies in the database are not in it, and no column of it changes but when a body is moved.
CREATE INDEX body_pack ON body (pack) INCLUDE (stored_length) WHERE pack <> 0;
