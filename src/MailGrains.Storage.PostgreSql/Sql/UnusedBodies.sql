-- The statements of the collection of bodies, as in Statements.sql. Bodies in packs are only taken out of the index; their octets stay, and a commit that knows the
-- place brings it back.

-- name: LookForUnusedBodies
-- Along the key, part by part: an index of the unused ones would cost every delivery. The row without a body says how far this part goes.
WITH part AS MATERIALIZED (
    SELECT no, blob, emails, touched FROM body WHERE no > $1 ORDER BY no LIMIT $2
)
SELECT no, blob FROM part WHERE emails = 0 AND touched < now_us() - $3
UNION ALL
SELECT max(no), NULL FROM part;

-- name: DeleteUnusedBodies
-- What somebody has locked is about to be used, and whoever has counted or touched it before is seen by the lock: its conditions are looked at once more on
-- the row as it is then. Who comes after waits for this transaction and finds no row.
WITH unused AS MATERIALIZED (
    SELECT b.no
    FROM body b
    WHERE b.blob = ANY ($1::bytea[]) AND b.emails = 0 AND b.touched < now_us() - $2
    ORDER BY b.blob
    FOR UPDATE SKIP LOCKED
), octets AS (
    DELETE FROM body_data d USING unused u WHERE d.no = u.no
), gone AS (
    DELETE FROM body b USING unused u WHERE b.no = u.no RETURNING b.stored_length
)
SELECT count(*), coalesce(sum(stored_length), 0)::bigint FROM gone;
