-- Contents by the tokens that occur in them. tokens: besides them, '#' and the number of the segment of 65,536 contents; '#' alone when there are more than a
-- vector holds. encoding of the document: 0 as it is, 1 zstd; length is that of the document itself. numbers are never used again.
CREATE SEQUENCE content_number;

CREATE TABLE content (
    number   bigint PRIMARY KEY,
    blob     bytea NOT NULL UNIQUE,
    partial  boolean NOT NULL,
    encoding smallint NOT NULL,
    length   integer NOT NULL,
    document bytea NOT NULL,
    tokens   tsvector NOT NULL
);

-- It is compressed already where that is worth it.
ALTER TABLE content ALTER COLUMN document SET STORAGE EXTERNAL;

-- Queries have the tokens as parameters: what is common helps no plan, and costs reading many vectors.
ALTER TABLE content ALTER COLUMN tokens SET STATISTICS 0;

-- What is added waits in a list and is sorted in together: much faster than each by itself. Every search reads that list, so it is not longer than 4 MB.
CREATE INDEX content_tokens ON content USING gin (tokens) WITH (fastupdate = on, gin_pending_list_limit = 4096);

CREATE INDEX content_partial ON content (number) WHERE partial;

-- How far each subscriber of the event log is.
CREATE TABLE content_progress (
    subscriber text COLLATE "C" NOT NULL,
    partition  integer NOT NULL,
    position   bigint NOT NULL,
    PRIMARY KEY (subscriber, partition)
) WITH (fillfactor = 10);
