-- When something last let go of the body, in µs since 1970; counts while "emails" is 0. What is unused already has its time from now on.
ALTER TABLE body ADD COLUMN unused_since INTEGER NOT NULL DEFAULT 0;
UPDATE body SET unused_since = unixepoch() * 1000000 WHERE emails = 0;

-- What lies in a pack, and how much, without a look at the rows. Packs are filled one after the other, so entries are added at the end.
CREATE INDEX body_pack ON body (pack, stored_length);
