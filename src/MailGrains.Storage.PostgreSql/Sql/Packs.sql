-- The statements of the collection of packs that processes share, as in Statements.sql. Bodies in packs are those with "pack <> 0", which the index wants to hear.

-- name: ReadPackNumbers
SELECT coalesce(max(pack), 0), greatest(coalesce(max(pack), 0), (SELECT coalesce(max(pack), 0) FROM retired_pack)) FROM body WHERE pack <> 0;

-- name: BindPackFolder
INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING;

-- name: ReadPackUse
SELECT pack, count(*), sum(stored_length)::bigint FROM body WHERE pack = ANY ($1::integer[]) AND pack <> 0 GROUP BY pack;

-- name: ReadPackBodies
SELECT blob, pack, pack_offset, stored_length, length FROM body WHERE pack = $1 AND pack <> 0 LIMIT $2;

-- name: LockTargets
-- As LockPacks: also a move brings places into the index.
SELECT count(*)
FROM (SELECT pg_advisory_xact_lock_shared(4722, p.pack) FROM (SELECT DISTINCT unnest($1::integer[]) AS pack) p) locked;

-- name: MoveBodies
WITH wanted AS MATERIALIZED (
    SELECT b.no, v.to_pack, v.to_offset, v.to_length
    FROM unnest($1::bytea[], $2::integer[], $3::bigint[], $4::integer[], $5::bigint[], $6::integer[])
        AS v (blob, pack, pack_offset, to_pack, to_offset, to_length)
    JOIN body b ON b.blob = v.blob AND b.pack = v.pack AND b.pack_offset = v.pack_offset
    WHERE NOT EXISTS (SELECT FROM retired_pack r WHERE r.pack = v.to_pack)
    ORDER BY b.blob
    FOR NO KEY UPDATE OF b
), moved AS (
    UPDATE body b SET pack = w.to_pack, pack_offset = w.to_offset, stored_length = w.to_length FROM wanted w WHERE b.no = w.no
    RETURNING b.no
)
SELECT count(*) FROM moved;

-- name: HoldPack
-- Waits for the commits that share the lock, and lets others wait: whoever had it before is seen by the next statement, who comes after sees that one.
SELECT count(*) FROM (SELECT pg_advisory_xact_lock(4722, $1)) held;

-- name: RetirePack
WITH retired AS (
    INSERT INTO retired_pack (pack) SELECT $1 WHERE NOT EXISTS (SELECT FROM body WHERE pack = $1 AND pack <> 0)
    ON CONFLICT (pack) DO UPDATE SET pack = excluded.pack
    RETURNING pack
)
SELECT count(*) FROM retired;
