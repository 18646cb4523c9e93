-- The statements of the collection of packs that processes share, as in Statements.sql. Bodies in packs are those with "pack <> 0", which the index wants to hear.
-- Whoever brings a place into the index looks into retired_pack under a lock that lasts until the commit (HOLDLOCK), also where there is no row.

-- name: ReadPackNumbers
SELECT used.pack, CASE WHEN retired.pack > used.pack THEN retired.pack ELSE used.pack END
FROM (SELECT COALESCE(MAX(pack), 0) AS pack FROM mailgrains.body WHERE pack <> 0) used
CROSS JOIN (SELECT COALESCE(MAX(pack), 0) AS pack FROM mailgrains.retired_pack) retired;

-- name: BindPackFolder (@name nvarchar(60), @value bigint)
SET NOCOUNT, XACT_ABORT ON;
INSERT INTO mailgrains.meta (name, value)
SELECT @name, @value WHERE NOT EXISTS (SELECT 1 FROM mailgrains.meta WITH (UPDLOCK, HOLDLOCK) WHERE name = @name);

-- name: ReadPackUse (@packs mailgrains.pack_list READONLY)
SELECT b.pack, COUNT_BIG(*), SUM(CAST(b.stored_length AS bigint))
FROM mailgrains.body b
WHERE b.pack IN (SELECT pack FROM @packs) AND b.pack <> 0
GROUP BY b.pack;

-- name: ReadPackBodies (@pack int, @limit bigint)
SELECT TOP (@limit) blob, pack, pack_offset, stored_length, length FROM mailgrains.body WHERE pack = @pack AND pack <> 0;

-- name: MoveBodies (@moves mailgrains.move_rows READONLY)
SET NOCOUNT, XACT_ABORT ON;
SET LOCK_TIMEOUT 30000;
DECLARE @moved bigint, @locked bigint;
BEGIN TRANSACTION;
SELECT @locked = b.no
FROM @moves w INNER LOOP JOIN mailgrains.body b WITH (UPDLOCK, HOLDLOCK, ROWLOCK) ON b.blob = w.blob
ORDER BY w.blob
OPTION (FORCE ORDER, MAXDOP 1);
UPDATE b
SET pack = w.to_pack, pack_offset = w.to_offset, stored_length = w.to_length
FROM @moves w INNER LOOP JOIN mailgrains.body b ON b.blob = w.blob
WHERE b.pack = w.pack AND b.pack_offset = w.pack_offset
    AND NOT EXISTS (SELECT 1 FROM mailgrains.retired_pack r WITH (HOLDLOCK) WHERE r.pack = w.to_pack)
OPTION (FORCE ORDER, MAXDOP 1);
SET @moved = ROWCOUNT_BIG();
COMMIT TRANSACTION WITH (DELAYED_DURABILITY = OFF);
SELECT @moved;

-- name: HoldPack (@pack int)
-- Waits for those who have looked for it here and not found it; who looks after waits.
INSERT INTO mailgrains.retired_pack (pack)
SELECT @pack WHERE NOT EXISTS (SELECT 1 FROM mailgrains.retired_pack WITH (UPDLOCK, HOLDLOCK) WHERE pack = @pack);

-- name: RetirePack (@pack int)
DELETE FROM mailgrains.retired_pack
WHERE pack = @pack AND EXISTS (SELECT 1 FROM mailgrains.body b WHERE b.pack = @pack AND b.pack <> 0);
SELECT COUNT_BIG(*) FROM mailgrains.retired_pack WHERE pack = @pack;
