-- The statements of the collection of bodies, as in Statements.sql. Bodies in packs are only taken out of the index; their octets stay, and a commit that knows the
-- place brings it back.

-- name: LookForUnusedBodies (@after bigint, @limit bigint, @unused_for bigint)
-- Along the key, part by part: an index of the unused ones would cost every delivery. The row without a body says how far this part goes.
SET NOCOUNT ON;
DECLARE @last bigint, @before bigint = DATEDIFF_BIG(microsecond, '19700101', SYSUTCDATETIME()) - @unused_for;
SELECT @last = MAX(part.no) FROM (SELECT TOP (@limit) b.no FROM mailgrains.body b WHERE b.no > @after ORDER BY b.no) part;
SELECT b.no, b.blob
FROM mailgrains.body b
WHERE b.no > @after AND b.no <= @last AND b.emails = 0 AND b.touched < @before
UNION ALL
SELECT @last, NULL;

-- name: DeleteUnusedBodies (@blobs mailgrains.blob_list READONLY, @unused_for bigint)
-- Locked in the order of all who lock bodies, and decided on then: whoever has counted or touched one before is seen, who comes after waits for this
-- transaction and finds no row.
SET NOCOUNT, XACT_ABORT ON;
SET LOCK_TIMEOUT 30000;
DECLARE @before bigint = DATEDIFF_BIG(microsecond, '19700101', SYSUTCDATETIME()) - @unused_for, @locked bigint;
DECLARE @wanted TABLE (blob binary(32) NOT NULL PRIMARY KEY);
DECLARE @gone TABLE (no bigint NOT NULL PRIMARY KEY, stored_length int NOT NULL);
INSERT INTO @wanted (blob) SELECT DISTINCT blob FROM @blobs;
BEGIN TRANSACTION;

SELECT @locked = b.no
FROM @wanted w INNER LOOP JOIN mailgrains.body b WITH (UPDLOCK, HOLDLOCK, ROWLOCK) ON b.blob = w.blob
ORDER BY w.blob
OPTION (FORCE ORDER, MAXDOP 1);

DELETE b
OUTPUT deleted.no, deleted.stored_length INTO @gone (no, stored_length)
FROM @wanted w INNER LOOP JOIN mailgrains.body b ON b.blob = w.blob
WHERE b.emails = 0 AND b.touched < @before
OPTION (FORCE ORDER, MAXDOP 1);

DELETE d
FROM @gone g JOIN mailgrains.body_data d ON d.no = g.no
OPTION (FORCE ORDER, LOOP JOIN);

SELECT COUNT_BIG(*), COALESCE(SUM(CAST(stored_length AS bigint)), 0) FROM @gone;
COMMIT TRANSACTION WITH (DELAYED_DURABILITY = ON);
