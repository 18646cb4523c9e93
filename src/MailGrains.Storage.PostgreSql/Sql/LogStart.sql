-- The statements of the log's retention, as in Statements.sql.

-- name: ReadLogStarts
SELECT partition, removed, latest, edge FROM log_start WHERE removed > 0 ORDER BY partition;

-- name: AddLogStart
INSERT INTO log_start (partition, removed, latest, edge) VALUES ($1, 0, 0, '') ON CONFLICT DO NOTHING;

-- name: CutLog
-- Subscribers stand still meanwhile: none is moved back into what goes.
WITH places AS MATERIALIZED (
    SELECT position FROM subscriber WHERE partition = $1 FOR UPDATE
), moved AS (
    UPDATE log_start SET removed = $3, latest = $4, edge = $5
    WHERE partition = $1 AND removed = $2
        AND NOT EXISTS (SELECT 1 FROM places WHERE position < $3)
        AND EXISTS (SELECT 1 FROM event_partition p WHERE p.partition = $1 AND p.last > $3)
    RETURNING removed
), gone AS (
    DELETE FROM event WHERE partition = $1 AND position > $2 AND position <= $3 AND EXISTS (SELECT 1 FROM moved)
)
SELECT removed FROM moved;

-- name: ReadLogClock
SELECT wall, waiting FROM log_clock WHERE no = 1;

-- name: WriteLogClock
INSERT INTO log_clock (no, wall, waiting) VALUES (1, $1, $2) ON CONFLICT (no) DO UPDATE SET wall = excluded.wall, waiting = excluded.waiting;
