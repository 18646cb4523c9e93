-- The statements of the records, as in Statements.sql; the tables are those of 0004-records.sql.

-- name: RecordProgress
SELECT position FROM record_progress WHERE subscriber = $1 AND partition = $2;

-- name: RecordProgresses
SELECT partition, position, CASE WHEN hash_at = position THEN hash END FROM record_progress WHERE subscriber = $1 ORDER BY partition;

-- name: RecordStart
INSERT INTO record_progress (subscriber, partition, position) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING;

-- name: RecordAdvance
UPDATE record_progress SET position = $4, hash = $5::bytea, hash_at = $4 WHERE subscriber = $1 AND partition = $2 AND position = $3 RETURNING position;

-- name: RecordMailbox
INSERT INTO record_mailbox (account, at) VALUES ($1, $2) ON CONFLICT (account) DO UPDATE SET at = excluded.at WHERE excluded.at > record_mailbox.at;

-- name: RecordAct
INSERT INTO record_act (mailbox, sequence, at, type, actor) SELECT no, $2, at, $3, $4::text FROM record_mailbox WHERE account = $1;

-- name: RecordFolder
INSERT INTO record_folder (mailbox, folder, since, uid_validity, path, special_use, state_id)
SELECT no, $3, $2, $4, $5, $6::text, $7::text FROM record_mailbox WHERE account = $1;

-- name: RecordFolderEnd
UPDATE record_folder SET until = $2 WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND folder = $3 AND until IS NULL;

-- name: RecordArrival
INSERT INTO record_entry (
    mailbox, folder, uid_validity, uid, email, blob, prefix, message_id, size, internal_date, arrived, origin, since, first_flags, flags)
SELECT no, $3, $4, $5, $6, $7, $8::bytea, $9::text, $10, $11, at, $12, $2, $13, $13 FROM record_mailbox WHERE account = $1;

-- name: RecordTransfer
INSERT INTO record_entry (
    mailbox, folder, uid_validity, uid, email, blob, prefix, message_id, size, internal_date, arrived, origin, source, since, first_flags, flags)
SELECT mailbox, $6, $7, uid + $8, email, blob, prefix, message_id, size, internal_date, arrived, $9, no, $2, flags, flags
FROM record_entry
WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND folder = $3 AND uid BETWEEN $4 AND $5 AND until IS NULL
ORDER BY uid;

-- name: RecordLeave
UPDATE record_entry SET until = $2, left_at = (SELECT at FROM record_mailbox WHERE account = $1), ending = $6
WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND folder = $3 AND uid BETWEEN $4 AND $5 AND until IS NULL;

-- name: RecordFlagChange
INSERT INTO record_flags (entry, sequence, flags)
SELECT no, $2, $6 FROM record_entry
WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND folder = $3 AND uid BETWEEN $4 AND $5 AND until IS NULL
ON CONFLICT (entry, sequence) DO UPDATE SET flags = excluded.flags;

-- name: RecordFlagsNow
UPDATE record_entry SET flags = $5
WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND folder = $2 AND uid BETWEEN $3 AND $4 AND until IS NULL;

-- name: RecordHold
INSERT INTO record_hold (mailbox, since, case_id)
SELECT m.no, $2, $3 FROM record_mailbox m
WHERE m.account = $1 AND NOT EXISTS (SELECT 1 FROM record_hold h WHERE h.mailbox = m.no AND h.case_id = $3 AND h.until IS NULL);

-- name: RecordHoldEnd
UPDATE record_hold SET until = $2
WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND case_id = $3 AND until IS NULL;

-- name: RecordUnread
INSERT INTO record_unread (mailbox, sequence, error) SELECT no, $2, $3 FROM record_mailbox WHERE account = $1;

-- name: RecordSequenceAt
SELECT sequence FROM record_act
WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND at <= $2
ORDER BY at DESC, sequence DESC
LIMIT 1;

-- name: RecordFoldersAt
SELECT f.folder, f.uid_validity, f.path, f.special_use, f.state_id,
    s.sequence, s.at, s.type, s.actor, u.sequence, u.at, u.type, u.actor
FROM record_mailbox m
JOIN record_folder f ON f.mailbox = m.no
JOIN record_act s ON s.mailbox = f.mailbox AND s.sequence = f.since
LEFT JOIN record_act u ON u.mailbox = f.mailbox AND u.sequence = f.until
WHERE m.account = $1 AND f.since <= $2 AND (f.until IS NULL OR f.until > $2)
ORDER BY f.folder;

-- name: RecordFolderHistory
SELECT f.folder, f.uid_validity, f.path, f.special_use, f.state_id,
    s.sequence, s.at, s.type, s.actor, u.sequence, u.at, u.type, u.actor
FROM record_mailbox m
JOIN record_folder f ON f.mailbox = m.no
JOIN record_act s ON s.mailbox = f.mailbox AND s.sequence = f.since
LEFT JOIN record_act u ON u.mailbox = f.mailbox AND u.sequence = f.until
WHERE m.account = $1
ORDER BY f.folder, f.since;

-- name: RecordMessagesAt
SELECT r.no, r.account, r.folder, r.uid_validity, r.uid, r.email, r.blob, r.prefix, r.message_id, r.size, r.internal_date, r.arrived, r.origin, r.source,
    r.first_flags, r.flags, r.since, r.since_at, r.since_type, r.since_actor, r.ending, r.until, r.until_at, r.until_type, r.until_actor,
    coalesce((SELECT f.flags FROM record_flags f WHERE f.entry = r.no AND f.sequence <= $2 ORDER BY f.sequence DESC LIMIT 1), r.first_flags)
FROM record_entry_row r
WHERE r.mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND r.folder BETWEEN $3 AND $4 AND (r.folder, r.uid) > ($5, $6)
    AND r.since <= $2 AND (r.until IS NULL OR r.until > $2)
ORDER BY r.folder, r.uid
LIMIT $7;

-- name: RecordEntries
SELECT * FROM record_entry_row
WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND no > $2
    AND (left_at IS NULL OR left_at >= $3) AND since_at <= $4
    AND (($5 = 1 AND left_at IS NULL) OR ($6 = 1 AND left_at IS NOT NULL))
ORDER BY no
LIMIT $7;

-- name: RecordEntriesByMessageId
SELECT * FROM record_entry_row WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND message_id = $2 ORDER BY no;

-- name: RecordEntriesByEmail
SELECT * FROM record_entry_row WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND email = $2 ORDER BY no;

-- name: RecordEntriesByBlob
SELECT * FROM record_entry_row WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND blob = $2 ORDER BY no;

-- name: RecordFlagsOf
SELECT f.entry, a.sequence, a.at, a.type, a.actor, f.flags
FROM record_flags f
JOIN record_entry e ON e.no = f.entry
JOIN record_act a ON a.mailbox = e.mailbox AND a.sequence = f.sequence
WHERE f.entry = $1
ORDER BY f.sequence;

-- name: RecordAccountsOf
SELECT account FROM record_mailbox WHERE no IN (SELECT mailbox FROM record_entry WHERE blob = $1) ORDER BY account LIMIT $2;

-- name: RecordAccountsOfAfter
SELECT account FROM record_mailbox WHERE no IN (SELECT mailbox FROM record_entry WHERE blob = $1) AND account > $3 ORDER BY account LIMIT $2;

-- name: RecordHolds
SELECT case_id, since, until FROM record_hold WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) ORDER BY since, case_id;

-- name: RecordUnreads
SELECT m.account, a.sequence, a.at, a.type, a.actor, u.error
FROM record_mailbox m
JOIN record_unread u ON u.mailbox = m.no
JOIN record_act a ON a.mailbox = m.no AND a.sequence = u.sequence
WHERE m.account = $1
ORDER BY u.sequence;

-- name: RecordReferred
SELECT blob FROM record_entry WHERE blob = $1 LIMIT 1;

-- name: RecordLeft
SELECT e.no, m.account,
    (SELECT f.path FROM record_folder f WHERE f.mailbox = e.mailbox AND f.folder = e.folder AND f.since <= e.until ORDER BY f.since DESC LIMIT 1),
    e.arrived, e.left_at, e.size, e.flags, e.blob, e.classes
FROM record_entry e
JOIN record_mailbox m ON m.no = e.mailbox
WHERE e.left_at IS NOT NULL AND e.left_at <= $1 AND (e.left_at, e.no) > ($2, $3)
ORDER BY e.left_at, e.no
LIMIT $4;

-- name: RecordClasses
UPDATE record_entry SET classes = $2 WHERE no = $1;

-- The handler of events writes this row with each of them: a hold is there before this is given the row, or comes after the purge.
-- name: RecordPurgeLock
SELECT no FROM record_mailbox WHERE no = (SELECT mailbox FROM record_entry WHERE no = $1) FOR UPDATE;

-- name: RecordPurge
DELETE FROM record_entry
WHERE no = $1 AND left_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM record_hold h WHERE h.mailbox = record_entry.mailbox AND h.until IS NULL)
    AND NOT EXISTS (SELECT 1 FROM record_unread u WHERE u.mailbox = record_entry.mailbox)
RETURNING no, (SELECT account FROM record_mailbox m WHERE m.no = record_entry.mailbox), email, blob, size, left_at;

-- name: RecordPurgeFlags
DELETE FROM record_flags WHERE entry = $1;

-- name: RecordPurgeNote
INSERT INTO record_purge (account, messages, left_before) VALUES ($1, $2, $3);

-- name: RecordPurges
SELECT no, account, messages, left_before FROM record_purge WHERE no > $1 ORDER BY no LIMIT $2;

-- name: RecordPurgeTold
DELETE FROM record_purge WHERE no = $1;

-- name: RecordNote
INSERT INTO record_noted (blob) VALUES ($1) ON CONFLICT (blob) DO UPDATE SET note = EXCLUDED.note;

-- name: RecordNoted
SELECT blob, note FROM record_noted LIMIT $1;

-- name: RecordStrikeOut
DELETE FROM record_noted WHERE blob = $1 AND note = $2;

-- name: RecordClock
SELECT wall, waiting FROM record_clock WHERE no = 1;

-- name: RecordClockWrite
INSERT INTO record_clock (no, wall, waiting) VALUES (1, $1, $2) ON CONFLICT (no) DO UPDATE SET wall = excluded.wall, waiting = excluded.waiting;

-- name: RecordPurgeObject
DELETE FROM record_object
WHERE account = $1 AND email = $2
    AND NOT EXISTS (SELECT 1 FROM record_entry WHERE mailbox = (SELECT no FROM record_mailbox WHERE account = $1) AND email = $2);

-- name: ObjectAdd
INSERT INTO record_object (account, email, kind, uid, blob) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING;

-- name: ObjectsFind
SELECT kind, email, blob
FROM (SELECT kind, email, blob FROM record_object WHERE account = $1 AND uid = $2 AND ($3 = 0 OR kind = $3) ORDER BY email DESC LIMIT $4) AS youngest
ORDER BY email;
