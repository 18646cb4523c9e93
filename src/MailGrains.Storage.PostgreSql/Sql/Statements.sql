-- Each statement is known to the program by the name above it. Those of a group commit take whole columns ($1 and $2: the rows' mailboxes and the
-- epochs they are written under) and join the mailbox under that epoch: rows of a fenced mailbox fall away. WriteHeads, which comes first, has
-- locked the mailboxes that are not fenced, so all statements of the transaction agree on which they are.
-- Locks are taken in this order, and within a table in the order given: mailbox by account, packs, body by blob, event_partition by number.

-- name: WriteHeads
WITH head AS (
    SELECT *
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::integer[], $6::bigint[], $7::bigint[], $8::bytea[], $9::bigint[], $10::bigint[])
        WITH ORDINALITY AS h (mailbox, epoch, modseq, last_email, last_folder, last_uidvalidity, event_sequence, event_hash, messages, size, share)
), owned AS MATERIALIZED (
    SELECT h.*
    FROM head h JOIN mailbox m ON m.no = h.mailbox
    WHERE m.epoch = h.epoch
    ORDER BY m.account
    FOR NO KEY UPDATE OF m
), written AS (
    UPDATE mailbox m
    SET modseq = o.modseq, last_email = o.last_email, last_folder = o.last_folder, last_uidvalidity = o.last_uidvalidity,
        event_sequence = o.event_sequence, event_hash = o.event_hash, messages = o.messages, size = o.size
    FROM owned o
    WHERE m.no = o.mailbox
)
-- A NULL stops a group that comes in through a connection which has been given up.
INSERT INTO writer AS w (id, generation, group_no, fenced, seen)
SELECT $11, $12, $13, ARRAY(SELECT share FROM head WHERE share NOT IN (SELECT share FROM owned) ORDER BY share), now_us()
ON CONFLICT (id) DO UPDATE
SET group_no = CASE WHEN w.generation = excluded.generation THEN excluded.group_no END, fenced = excluded.fenced, seen = excluded.seen
RETURNING fenced;

-- name: DeleteFolders
WITH gone AS (
    SELECT g.mailbox, g.folder
    FROM unnest($1::bigint[], $2::bigint[], $3::integer[]) AS g (mailbox, epoch, folder)
    JOIN mailbox m ON m.no = g.mailbox AND m.epoch = g.epoch
), pages AS (
    DELETE FROM page p USING gone g WHERE p.mailbox = g.mailbox AND p.folder = g.folder
), expunges AS (
    DELETE FROM expunge e USING gone g WHERE e.mailbox = g.mailbox AND e.folder = g.folder
)
DELETE FROM folder f USING gone g WHERE f.mailbox = g.mailbox AND f.id = g.folder;

-- name: WriteFolders
INSERT INTO folder (mailbox, id, path, special_use, uidvalidity, uidnext, highest_modseq, messages, unseen, deleted, size, recent_from,
                    expunges_forgotten)
SELECT f.mailbox, f.id, f.path, f.special_use, f.uidvalidity, f.uidnext, f.highest_modseq, f.messages, f.unseen, f.deleted, f.size,
       f.recent_from, f.expunges_forgotten
FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::integer[],
            $10::integer[], $11::integer[], $12::bigint[], $13::bigint[], $14::bigint[])
    AS f (mailbox, epoch, id, path, special_use, uidvalidity, uidnext, highest_modseq, messages, unseen, deleted, size, recent_from,
          expunges_forgotten)
JOIN mailbox m ON m.no = f.mailbox AND m.epoch = f.epoch
ON CONFLICT (mailbox, id) DO UPDATE
SET path = excluded.path, special_use = excluded.special_use, uidvalidity = excluded.uidvalidity, uidnext = excluded.uidnext,
    highest_modseq = excluded.highest_modseq, messages = excluded.messages, unseen = excluded.unseen, deleted = excluded.deleted,
    size = excluded.size, recent_from = excluded.recent_from, expunges_forgotten = excluded.expunges_forgotten;

-- name: WritePages
-- A page of a folder that isn't there becomes a NULL, which the table refuses.
INSERT INTO page (mailbox, folder, number, data)
SELECT p.mailbox, f.id, p.number, p.data
FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::integer[], $5::bytea[]) AS p (mailbox, epoch, folder, number, data)
JOIN mailbox m ON m.no = p.mailbox AND m.epoch = p.epoch
LEFT JOIN folder f ON f.mailbox = p.mailbox AND f.id = p.folder
ON CONFLICT (mailbox, folder, number) DO UPDATE SET data = excluded.data;

-- name: DeletePages
DELETE FROM page p
USING unnest($1::bigint[], $2::bigint[], $3::integer[], $4::integer[]) AS g (mailbox, epoch, folder, number), mailbox m
WHERE m.no = g.mailbox AND m.epoch = g.epoch AND p.mailbox = g.mailbox AND p.folder = g.folder AND p.number = g.number;

-- name: LockBodies
-- Only for groups that both add and release bodies: all of them are locked in one order before the first is changed.
SELECT
FROM (
    SELECT n.no FROM body n WHERE n.blob = ANY ($5::bytea[])
    UNION
    SELECT e.body
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::integer[]) AS c (mailbox, epoch, id, delta)
    JOIN mailbox m ON m.no = c.mailbox AND m.epoch = c.epoch
    JOIN email e ON e.mailbox = c.mailbox AND e.id = c.id
    LEFT JOIN email_extra x ON x.mailbox = c.mailbox AND x.id = c.id
    WHERE coalesce(x.extra, 0) + c.delta < 0
) wanted JOIN body b ON b.no = wanted.no
ORDER BY b.blob
FOR NO KEY UPDATE OF b;

-- name: LockPacks
-- Until the commit, so that no pack is retired while a place in it is on its way into the index. Others share the lock.
SELECT count(*)
FROM (
    SELECT pg_advisory_xact_lock_shared(4722, p.pack)
    FROM (SELECT DISTINCT w.pack FROM unnest($1::bigint[], $2::bigint[], $3::integer[]) AS w (mailbox, epoch, pack)) p
) locked;

-- name: CountBodies
-- Bodies in the database were written before; one that is missing is found out by WriteEmails. Those in packs that are missing come next.
WITH wanted AS (
    SELECT w.blob, count(*) AS emails
    FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) AS w (mailbox, epoch, blob)
    JOIN mailbox m ON m.no = w.mailbox AND m.epoch = w.epoch
    GROUP BY w.blob
), locked AS MATERIALIZED (
    SELECT b.no, w.emails
    FROM wanted w JOIN body b ON b.blob = w.blob
    ORDER BY b.blob
    FOR NO KEY UPDATE OF b
)
UPDATE body b SET emails = b.emails + l.emails FROM locked l WHERE b.no = l.no;

-- name: AddPackedBodies
-- Bodies in pack files are known from the first commit that refers to them on: those that were not counted just now. A place in a pack that was retired is not
-- taken in, and WriteEmails finds the body missing.
WITH wanted AS (
    SELECT w.*, count(*) OVER (PARTITION BY w.blob) AS emails
    FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::integer[], $5::bigint[], $6::integer[], $7::integer[])
        WITH ORDINALITY AS w (mailbox, epoch, blob, pack, pack_offset, stored_length, length, place)
    JOIN mailbox m ON m.no = w.mailbox AND m.epoch = w.epoch
)
INSERT INTO body AS b (blob, pack, pack_offset, stored_length, length, emails, touched)
SELECT DISTINCT ON (w.blob) w.blob, w.pack, w.pack_offset, w.stored_length, w.length, w.emails, now_us()
FROM wanted w
WHERE NOT EXISTS (SELECT FROM body k WHERE k.blob = w.blob AND k.xmin = pg_current_xact_id()::xid)
    AND NOT EXISTS (SELECT FROM retired_pack r WHERE r.pack = w.pack)
ORDER BY w.blob, w.place
ON CONFLICT (blob) DO UPDATE SET emails = b.emails + excluded.emails;

-- name: WriteEmails
-- An email whose body isn't there becomes a NULL, which the table refuses. So does one whose body this transaction has not counted: its row had been
-- collected, and was written anew by somebody else after the statement before.
INSERT INTO email (mailbox, id, body, prefix, summary)
SELECT w.mailbox, w.id, b.no, w.prefix, w.summary
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[], $6::bytea[])
    AS w (mailbox, epoch, id, blob, prefix, summary)
JOIN mailbox m ON m.no = w.mailbox AND m.epoch = w.epoch
LEFT JOIN body b ON b.blob = w.blob AND b.xmin = pg_current_xact_id()::xid;

-- name: ChangeReferences
-- An email whose references come to less than the one its row stands for is deleted, and its body has one user less.
WITH change AS MATERIALIZED (
    SELECT c.mailbox, c.id, coalesce(x.extra, 0) AS before, coalesce(x.extra, 0) + c.delta AS after
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::integer[]) AS c (mailbox, epoch, id, delta)
    JOIN mailbox m ON m.no = c.mailbox AND m.epoch = c.epoch
    LEFT JOIN email_extra x ON x.mailbox = c.mailbox AND x.id = c.id
), more AS (
    INSERT INTO email_extra (mailbox, id, extra) SELECT mailbox, id, after FROM change WHERE after > 0
    ON CONFLICT (mailbox, id) DO UPDATE SET extra = excluded.extra
), none AS (
    DELETE FROM email_extra x USING change c WHERE c.before > 0 AND c.after <= 0 AND x.mailbox = c.mailbox AND x.id = c.id
), gone AS (
    DELETE FROM email e USING change c WHERE c.after < 0 AND e.mailbox = c.mailbox AND e.id = c.id
    RETURNING e.body
), released AS (
    SELECT body, count(*) AS emails FROM gone GROUP BY body
), locked AS MATERIALIZED (
    SELECT b.no, r.emails
    FROM released r JOIN body b ON b.no = r.body
    ORDER BY b.blob
    FOR NO KEY UPDATE OF b
)
UPDATE body b
SET emails = b.emails - l.emails, touched = CASE WHEN b.emails = l.emails THEN now_us() ELSE b.touched END
FROM locked l
WHERE b.no = l.no;

-- name: AddExpunges
INSERT INTO expunge (mailbox, folder, modseq, first_uid, uids)
SELECT e.mailbox, f.id, e.modseq, e.first_uid, e.uids
FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::bigint[], $5::bigint[], $6::bytea[])
    AS e (mailbox, epoch, folder, modseq, first_uid, uids)
JOIN mailbox m ON m.no = e.mailbox AND m.epoch = e.epoch
LEFT JOIN folder f ON f.mailbox = e.mailbox AND f.id = e.folder;

-- name: ForgetExpunges
DELETE FROM expunge e
USING unnest($1::bigint[], $2::bigint[], $3::integer[], $4::bigint[]) AS g (mailbox, epoch, folder, forgotten), mailbox m
WHERE m.no = g.mailbox AND m.epoch = g.epoch AND e.mailbox = g.mailbox AND e.folder = g.folder AND e.modseq <= g.forgotten;

-- name: WriteKeywords
INSERT INTO keyword (mailbox, bit, name)
SELECT k.mailbox, k.bit, k.name
FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::text[]) AS k (mailbox, epoch, bit, name)
JOIN mailbox m ON m.no = k.mailbox AND m.epoch = k.epoch
ON CONFLICT (mailbox, bit) DO UPDATE SET name = excluded.name;

-- name: Subscribe
INSERT INTO subscription (mailbox, path)
SELECT s.mailbox, s.path
FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS s (mailbox, epoch, path)
JOIN mailbox m ON m.no = s.mailbox AND m.epoch = s.epoch
ON CONFLICT DO NOTHING;

-- name: Unsubscribe
DELETE FROM subscription s
USING unnest($1::bigint[], $2::bigint[], $3::text[]) AS g (mailbox, epoch, path), mailbox m
WHERE m.no = g.mailbox AND m.epoch = g.epoch AND s.mailbox = g.mailbox AND s.path = g.path;

-- name: AddOperations
INSERT INTO operation (mailbox, id, at, result)
SELECT o.mailbox, o.id, o.at, o.result
FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bigint[], $5::bytea[])
    WITH ORDINALITY AS o (mailbox, epoch, id, at, result, place)
JOIN mailbox m ON m.no = o.mailbox AND m.epoch = o.epoch
ORDER BY o.place
ON CONFLICT DO NOTHING;

-- name: AddEvents
-- Last of all: the partitions stay locked until the commit, so that positions are given out in commit order. A partition that
-- is missing becomes a NULL, which the table refuses.
WITH given AS MATERIALIZED (
    SELECT e.*
    FROM unnest($1::bigint[], $2::bigint[], $3::integer[], $4::bigint[], $5::bigint[], $6::text[], $7::bytea[], $8::bytea[], $9::bytea[])
        WITH ORDINALITY AS e (mailbox, epoch, partition, sequence, at, type, previous, hash, payload, place)
    JOIN mailbox m ON m.no = e.mailbox AND m.epoch = e.epoch
), needed AS (
    SELECT partition, count(*) AS events FROM given GROUP BY partition
), locked AS MATERIALIZED (
    SELECT p.partition, p.last, n.events
    FROM needed n JOIN event_partition p ON p.partition = n.partition
    ORDER BY p.partition
    FOR NO KEY UPDATE OF p
), raised AS (
    UPDATE event_partition p SET last = p.last + l.events FROM locked l WHERE p.partition = l.partition
)
INSERT INTO event (partition, position, mailbox, sequence, at, type, previous, hash, payload)
SELECT g.partition, l.last + row_number() OVER (PARTITION BY g.partition ORDER BY g.place),
       g.mailbox, g.sequence, g.at, g.type, g.previous, g.hash, g.payload
FROM given g LEFT JOIN locked l ON l.partition = g.partition;

-- name: FindMailboxes
SELECT account, no FROM mailbox WHERE account = ANY ($1::uuid[]);

-- name: EnterWriter
INSERT INTO writer AS w (id, generation, group_no, fenced, pid, backend_start, seen)
SELECT $1, $2, 0, '{}', a.pid, a.backend_start, now_us() FROM pg_stat_activity a WHERE a.pid = pg_backend_pid()
ON CONFLICT (id) DO UPDATE
SET generation = greatest(w.generation, excluded.generation), pid = excluded.pid, backend_start = excluded.backend_start, seen = excluded.seen
RETURNING group_no, fenced;

-- name: EndLostWriter
SELECT pg_terminate_backend(a.pid)
FROM writer w JOIN pg_stat_activity a ON a.pid = w.pid AND a.backend_start = w.backend_start
WHERE w.id = $1 AND a.pid <> pg_backend_pid();

-- name: ForgetWriters
DELETE FROM writer WHERE seen < now_us() - $1;

-- name: ClaimMailboxes
INSERT INTO mailbox AS m (account, epoch)
SELECT a.account, 1 FROM unnest($1::uuid[]) AS a (account) ORDER BY a.account
ON CONFLICT (account) DO UPDATE SET epoch = m.epoch + 1
RETURNING account, no, epoch, modseq, last_email, last_folder, last_uidvalidity, event_sequence, event_hash, messages, size;

-- name: BeginReading
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;

-- name: EndReading
COMMIT;

-- name: ReadMailboxes
SELECT account, no, epoch, modseq, last_email, last_folder, last_uidvalidity, event_sequence, event_hash, messages, size
FROM mailbox WHERE account = ANY ($1::uuid[]);

-- name: ReadFolders
SELECT m.account, f.id, f.path, f.special_use, f.uidvalidity, f.uidnext, f.highest_modseq, f.messages, f.unseen, f.deleted, f.size, f.recent_from,
       f.expunges_forgotten
FROM mailbox m JOIN folder f ON f.mailbox = m.no
WHERE m.account = ANY ($1::uuid[])
ORDER BY m.no, f.id;

-- name: ReadKeywords
SELECT m.account, k.name FROM mailbox m JOIN keyword k ON k.mailbox = m.no WHERE m.account = ANY ($1::uuid[]) ORDER BY m.no, k.bit;

-- name: ReadSubscriptions
SELECT m.account, s.path FROM mailbox m JOIN subscription s ON s.mailbox = m.no WHERE m.account = ANY ($1::uuid[]) ORDER BY m.no, s.path;

-- name: ListMailboxes
SELECT account FROM mailbox WHERE account >= $1 AND account IS DISTINCT FROM $2::uuid ORDER BY account LIMIT $3;

-- name: ReadPages
SELECT p.data
FROM mailbox m JOIN page p ON p.mailbox = m.no
WHERE m.account = $1 AND p.folder = $2 AND p.number BETWEEN $3 AND $4
ORDER BY p.number;

-- name: ReadAllPages
SELECT p.folder, p.data
FROM mailbox m JOIN page p ON p.mailbox = m.no
WHERE m.account = $1
ORDER BY p.folder, p.number;

-- name: ReadExpunges
SELECT e.uids
FROM mailbox m JOIN expunge e ON e.mailbox = m.no
WHERE m.account = $1 AND e.folder = $2 AND e.modseq > $3;

-- name: FindOperations
-- OFFSET 0 keeps the order: of tables it knows nothing about the planner would rather walk through all operations.
SELECT w.account, w.id, o.result
FROM unnest($1::uuid[], $2::bytea[]) AS w (account, id)
CROSS JOIN LATERAL (SELECT no FROM mailbox WHERE account = w.account OFFSET 0) AS m
CROSS JOIN LATERAL (SELECT result FROM operation WHERE mailbox = m.no AND id = w.id OFFSET 0) AS o;

-- name: ListOperations
SELECT substr(o.id, 1, 8)
FROM (SELECT no FROM mailbox WHERE account = $1 OFFSET 0) AS m
CROSS JOIN LATERAL (SELECT id FROM operation WHERE mailbox = m.no LIMIT $2) AS o;

-- name: ForgetOperations
WITH slice AS MATERIALIZED (
    SELECT mailbox, id, at FROM operation WHERE (mailbox, id) > ($1, $2) ORDER BY mailbox, id LIMIT $3
), gone AS (
    DELETE FROM operation o USING slice s WHERE s.at < $4 AND o.mailbox = s.mailbox AND o.id = s.id RETURNING o.mailbox
)
SELECT mailbox, id, (SELECT count(*) FROM gone) FROM slice ORDER BY mailbox DESC, id DESC LIMIT 1;

-- name: FindBody
SELECT pack, pack_offset, stored_length, length FROM body WHERE blob = $1;

-- name: ReadEmails
SELECT e.id, b.blob, b.pack, b.pack_offset, b.stored_length, b.length, e.prefix, e.summary
FROM mailbox m JOIN email e ON e.mailbox = m.no AND e.id = ANY ($2::bigint[]) JOIN body b ON b.no = e.body
WHERE m.account = $1
ORDER BY e.id;

-- name: ReadPartitionsLast
SELECT partition, last FROM event_partition;

-- name: ReadEvents
SELECT e.partition, e.position, m.account, e.sequence, e.at, e.type, e.previous, e.hash, e.payload
FROM event e JOIN mailbox m ON m.no = e.mailbox
WHERE e.partition = $1 AND e.position > $2
ORDER BY e.position
LIMIT $3;

-- name: ReadMailboxEvents
SELECT e.partition, e.position, m.account, e.sequence, e.at, e.type, e.previous, e.hash, e.payload
FROM mailbox m JOIN event e ON e.mailbox = m.no
WHERE m.account = $1 AND e.sequence > $2
ORDER BY e.sequence
LIMIT $3;

-- name: TouchBodies
-- Of the bodies, those that are in the database already; unused ones count as young again.
WITH locked AS MATERIALIZED (
    SELECT b.no, b.blob, b.emails FROM body b WHERE b.blob = ANY ($1::bytea[]) AND b.pack = 0 ORDER BY b.blob FOR NO KEY UPDATE
), touched AS (
    UPDATE body b SET touched = now_us() FROM locked l WHERE b.no = l.no AND l.emails = 0
)
SELECT blob FROM locked;

-- name: AddBodies
-- A body that lay in a pack moves into the database.
INSERT INTO body AS b (blob, pack, pack_offset, stored_length, length, emails, touched)
SELECT w.blob, 0, w.pack_offset, w.stored_length, w.length, 0, now_us()
FROM unnest($1::bytea[], $2::bigint[], $3::integer[], $4::integer[]) AS w (blob, pack_offset, stored_length, length)
ORDER BY w.blob
ON CONFLICT (blob) DO UPDATE
SET pack = 0, pack_offset = excluded.pack_offset, touched = excluded.touched,
    stored_length = CASE WHEN b.pack = 0 THEN b.stored_length ELSE excluded.stored_length END
WHERE b.emails = 0 OR b.pack <> 0;

-- name: AddBodyData
INSERT INTO body_data (no, encoding, data)
SELECT b.no, w.encoding, w.data
FROM unnest($1::bytea[], $2::smallint[], $3::bytea[]) AS w (blob, encoding, data)
JOIN body b ON b.blob = w.blob
ON CONFLICT (no) DO NOTHING;

-- name: ReadBody
SELECT b.length, d.encoding, d.data FROM body b JOIN body_data d ON d.no = b.no WHERE b.blob = $1;

-- name: ReadServerSettings
SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version_num');

-- name: LockSchema
SELECT pg_advisory_lock(4721, hashtext($1));

-- name: SchemaExists
SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1);

-- name: ReadMeta
SELECT value FROM meta WHERE name = $1;

-- name: WriteMeta
INSERT INTO meta (name, value) VALUES ($1, $2);

-- name: AddPartitions
INSERT INTO event_partition (partition, last) SELECT p, 0 FROM generate_series(0, $1 - 1) AS p;
