-- Each statement is known to the program by the name above it, which is followed by the parameters it takes. The program sends the statements of a
-- group commit as one batch: BeginGroup, those that have rows, EndGroup. BeginGroup locks and writes the mailboxes that are not fenced
-- and puts them into @owned, which all others join: rows of a fenced mailbox fall away. A mailbox that is owned here is written by nobody else until the
-- commit, so an UPDATE followed by an INSERT of what is missing needs no lock of its own; bodies, which mailboxes share, do (HOLDLOCK).
-- Locks are taken in this order, and within a table in the order given: mailbox by number, body by blob, event_partition by number. The rows of a
-- parameter lead and the tables are sought by key, however large or small they were when the plan was made: hence the hints.

-- name: BeginGroup (@writer uniqueidentifier, @generation bigint, @number bigint, @heads mailgrains.head_rows READONLY)
SET NOCOUNT, XACT_ABORT ON;
SET LOCK_TIMEOUT 30000;
DECLARE @now bigint = DATEDIFF_BIG(microsecond, '19700101', SYSUTCDATETIME()), @locked bigint, @fenced nvarchar(max);
DECLARE @owned TABLE (mailbox bigint NOT NULL, epoch bigint NOT NULL, PRIMARY KEY (mailbox, epoch));
BEGIN TRANSACTION;

SELECT @locked = m.no
FROM @heads h INNER LOOP JOIN mailgrains.mailbox m WITH (UPDLOCK, ROWLOCK) ON m.no = h.mailbox AND m.epoch = h.epoch
ORDER BY h.mailbox, h.epoch
OPTION (FORCE ORDER, MAXDOP 1);

UPDATE m
SET modseq = h.modseq, last_email = h.last_email, last_folder = h.last_folder, last_uidvalidity = h.last_uidvalidity,
    event_sequence = h.event_sequence, event_hash = h.event_hash, messages = h.messages, size = h.size
OUTPUT inserted.no, inserted.epoch INTO @owned (mailbox, epoch)
FROM @heads h INNER LOOP JOIN mailgrains.mailbox m ON m.no = h.mailbox AND m.epoch = h.epoch
OPTION (FORCE ORDER, MAXDOP 1);

SELECT @fenced = STRING_AGG(CAST(h.share AS nvarchar(max)), N',')
FROM @heads h
WHERE NOT EXISTS (SELECT 1 FROM @owned o WHERE o.mailbox = h.mailbox AND o.epoch = h.epoch);

-- The key refuses a group that comes in through a connection which has been given up: the row has another generation.
UPDATE mailgrains.writer SET group_no = @number, fenced = @fenced, seen = @now WHERE id = @writer AND generation = @generation;
IF @@ROWCOUNT = 0
    INSERT INTO mailgrains.writer (id, generation, group_no, fenced, seen) VALUES (@writer, @generation, @number, @fenced, @now);
SELECT @fenced AS fenced;

-- name: DeleteFolders (@deleted_folders mailgrains.deleted_folder_rows READONLY)
DELETE p
FROM @deleted_folders g JOIN @owned o ON o.mailbox = g.mailbox AND o.epoch = g.epoch
JOIN mailgrains.page p ON p.mailbox = g.mailbox AND p.folder = g.folder
OPTION (FORCE ORDER, LOOP JOIN);
DELETE e
FROM @deleted_folders g JOIN @owned o ON o.mailbox = g.mailbox AND o.epoch = g.epoch
JOIN mailgrains.expunge e ON e.mailbox = g.mailbox AND e.folder = g.folder
OPTION (FORCE ORDER, LOOP JOIN);
DELETE f
FROM @deleted_folders g JOIN @owned o ON o.mailbox = g.mailbox AND o.epoch = g.epoch
JOIN mailgrains.folder f ON f.mailbox = g.mailbox AND f.id = g.folder
OPTION (FORCE ORDER, LOOP JOIN);

-- name: WriteFolders (@folders mailgrains.folder_rows READONLY)
UPDATE f
SET path = w.path, special_use = w.special_use, uidvalidity = w.uidvalidity, uidnext = w.uidnext, highest_modseq = w.highest_modseq,
    messages = w.messages, unseen = w.unseen, deleted = w.deleted, size = w.size, recent_from = w.recent_from,
    expunges_forgotten = w.expunges_forgotten
FROM @folders w JOIN @owned o ON o.mailbox = w.mailbox AND o.epoch = w.epoch
JOIN mailgrains.folder f ON f.mailbox = w.mailbox AND f.id = w.id
OPTION (FORCE ORDER, LOOP JOIN);
INSERT INTO mailgrains.folder (mailbox, id, path, special_use, uidvalidity, uidnext, highest_modseq, messages, unseen, deleted, size, recent_from,
                               expunges_forgotten)
SELECT w.mailbox, w.id, w.path, w.special_use, w.uidvalidity, w.uidnext, w.highest_modseq, w.messages, w.unseen, w.deleted, w.size,
       w.recent_from, w.expunges_forgotten
FROM @folders w JOIN @owned o ON o.mailbox = w.mailbox AND o.epoch = w.epoch
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.folder f WHERE f.mailbox = w.mailbox AND f.id = w.id)
OPTION (FORCE ORDER, LOOP JOIN);

-- name: WritePages (@pages mailgrains.page_rows READONLY)
UPDATE p
SET data = w.data
FROM @pages w JOIN @owned o ON o.mailbox = w.mailbox AND o.epoch = w.epoch
JOIN mailgrains.page p ON p.mailbox = w.mailbox AND p.folder = w.folder AND p.number = w.number
WHERE w.data IS NOT NULL
OPTION (FORCE ORDER, LOOP JOIN);
-- A page of a folder that isn't there becomes a NULL, which the table refuses.
INSERT INTO mailgrains.page (mailbox, folder, number, data)
SELECT w.mailbox, f.id, w.number, w.data
FROM @pages w JOIN @owned o ON o.mailbox = w.mailbox AND o.epoch = w.epoch
LEFT JOIN mailgrains.folder f ON f.mailbox = w.mailbox AND f.id = w.folder
WHERE w.data IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM mailgrains.page p WHERE p.mailbox = w.mailbox AND p.folder = w.folder AND p.number = w.number)
OPTION (FORCE ORDER, LOOP JOIN);
DELETE p
FROM @pages w JOIN @owned o ON o.mailbox = w.mailbox AND o.epoch = w.epoch
JOIN mailgrains.page p ON p.mailbox = w.mailbox AND p.folder = w.folder AND p.number = w.number
WHERE w.data IS NULL
OPTION (FORCE ORDER, LOOP JOIN);

-- name: LockBodies (@emails mailgrains.email_rows READONLY, @references mailgrains.reference_rows READONLY)
-- Only for groups that both add and release bodies: all of them are locked in one order before the first is changed.
DECLARE @touched TABLE (blob binary(32) NOT NULL PRIMARY KEY);
INSERT INTO @touched (blob)
SELECT w.blob
FROM @emails w JOIN @owned o ON o.mailbox = w.mailbox AND o.epoch = w.epoch
UNION
SELECT b.blob
FROM @references c JOIN @owned o ON o.mailbox = c.mailbox AND o.epoch = c.epoch
JOIN mailgrains.email e ON e.mailbox = c.mailbox AND e.id = c.id
JOIN mailgrains.body b ON b.no = e.body
LEFT JOIN mailgrains.email_extra x ON x.mailbox = c.mailbox AND x.id = c.id
WHERE COALESCE(x.extra, 0) + c.delta < 0
OPTION (LOOP JOIN);
SELECT @locked = b.no
FROM @touched w INNER LOOP JOIN mailgrains.body b WITH (UPDLOCK, HOLDLOCK, ROWLOCK) ON b.blob = w.blob
ORDER BY w.blob
OPTION (FORCE ORDER, MAXDOP 1);

-- name: UseBodies (@emails mailgrains.email_rows READONLY)
-- Bodies in the database were written before; one that is missing is found out by WriteEmails. Bodies in pack files are known from the first commit that
-- refers to them on. A place in a pack that was retired is not taken in, and WriteEmails finds the body missing.
DECLARE @used TABLE (blob binary(32) NOT NULL PRIMARY KEY, emails int NOT NULL);
INSERT INTO @used (blob, emails)
SELECT w.blob, COUNT(*)
FROM @emails w JOIN @owned o ON o.mailbox = w.mailbox AND o.epoch = w.epoch
GROUP BY w.blob
OPTION (LOOP JOIN);
UPDATE b
SET emails = b.emails + u.emails
FROM @used u INNER LOOP JOIN mailgrains.body b WITH (UPDLOCK, HOLDLOCK, ROWLOCK) ON b.blob = u.blob
OPTION (FORCE ORDER, MAXDOP 1);
INSERT INTO mailgrains.body (blob, pack, pack_offset, stored_length, length, emails, touched)
SELECT w.blob, w.pack, w.pack_offset, w.stored_length, w.length, u.emails, @now
FROM (
    SELECT e.blob, e.pack, e.pack_offset, e.stored_length, e.length, ROW_NUMBER() OVER (PARTITION BY e.blob ORDER BY e.place) AS nth
    FROM @emails e JOIN @owned o ON o.mailbox = e.mailbox AND o.epoch = e.epoch
    WHERE e.pack <> 0 AND NOT EXISTS (SELECT 1 FROM mailgrains.retired_pack r WITH (HOLDLOCK) WHERE r.pack = e.pack)
) w JOIN @used u ON u.blob = w.blob
WHERE w.nth = 1 AND NOT EXISTS (SELECT 1 FROM mailgrains.body b WHERE b.blob = w.blob)
OPTION (LOOP JOIN);

-- name: WriteEmails (@emails mailgrains.email_rows READONLY)
-- An email whose body isn't there becomes a NULL, which the table refuses.
INSERT INTO mailgrains.email (mailbox, id, body, prefix, summary)
SELECT w.mailbox, w.id, b.no, w.prefix, w.summary
FROM @emails w JOIN @owned o ON o.mailbox = w.mailbox AND o.epoch = w.epoch
LEFT JOIN mailgrains.body b ON b.blob = w.blob
OPTION (FORCE ORDER, LOOP JOIN);

-- name: ChangeReferences (@references mailgrains.reference_rows READONLY)
-- An email whose references come to less than the one its row stands for is deleted, and its body has one user less.
DECLARE @changes TABLE (mailbox bigint NOT NULL, id bigint NOT NULL, before int NOT NULL, after int NOT NULL, PRIMARY KEY (mailbox, id));
DECLARE @gone TABLE (body bigint NOT NULL);
DECLARE @released TABLE (blob binary(32) NOT NULL PRIMARY KEY, emails int NOT NULL);
INSERT INTO @changes (mailbox, id, before, after)
SELECT c.mailbox, c.id, COALESCE(x.extra, 0), COALESCE(x.extra, 0) + c.delta
FROM @references c JOIN @owned o ON o.mailbox = c.mailbox AND o.epoch = c.epoch
LEFT JOIN mailgrains.email_extra x ON x.mailbox = c.mailbox AND x.id = c.id
OPTION (FORCE ORDER, LOOP JOIN);
UPDATE x
SET extra = c.after
FROM @changes c JOIN mailgrains.email_extra x ON x.mailbox = c.mailbox AND x.id = c.id
WHERE c.before > 0 AND c.after > 0
OPTION (FORCE ORDER, LOOP JOIN);
INSERT INTO mailgrains.email_extra (mailbox, id, extra)
SELECT c.mailbox, c.id, c.after FROM @changes c WHERE c.before = 0 AND c.after > 0;
DELETE x
FROM @changes c JOIN mailgrains.email_extra x ON x.mailbox = c.mailbox AND x.id = c.id
WHERE c.before > 0 AND c.after <= 0
OPTION (FORCE ORDER, LOOP JOIN);
DELETE e
OUTPUT deleted.body INTO @gone (body)
FROM @changes c JOIN mailgrains.email e ON e.mailbox = c.mailbox AND e.id = c.id
WHERE c.after < 0
OPTION (FORCE ORDER, LOOP JOIN);
INSERT INTO @released (blob, emails)
SELECT b.blob, COUNT(*) FROM @gone g JOIN mailgrains.body b ON b.no = g.body GROUP BY b.blob
OPTION (LOOP JOIN);
UPDATE b
SET emails = b.emails - r.emails, touched = CASE WHEN b.emails = r.emails THEN @now ELSE b.touched END
FROM @released r INNER LOOP JOIN mailgrains.body b WITH (UPDLOCK, ROWLOCK) ON b.blob = r.blob
OPTION (FORCE ORDER, MAXDOP 1);

-- name: AddExpunges (@expunges mailgrains.expunge_rows READONLY)
INSERT INTO mailgrains.expunge (mailbox, folder, modseq, first_uid, uids)
SELECT e.mailbox, f.id, e.modseq, e.first_uid, e.uids
FROM @expunges e JOIN @owned o ON o.mailbox = e.mailbox AND o.epoch = e.epoch
LEFT JOIN mailgrains.folder f ON f.mailbox = e.mailbox AND f.id = e.folder
OPTION (FORCE ORDER, LOOP JOIN);

-- name: ForgetExpunges (@folders mailgrains.folder_rows READONLY)
DELETE e
FROM @folders f JOIN @owned o ON o.mailbox = f.mailbox AND o.epoch = f.epoch
JOIN mailgrains.expunge e ON e.mailbox = f.mailbox AND e.folder = f.id AND e.modseq <= f.expunges_forgotten
WHERE f.expunges_forgotten > 0
OPTION (FORCE ORDER, LOOP JOIN);

-- name: WriteKeywords (@keywords mailgrains.keyword_rows READONLY)
UPDATE k
SET name = w.name
FROM @keywords w JOIN @owned o ON o.mailbox = w.mailbox AND o.epoch = w.epoch
JOIN mailgrains.keyword k ON k.mailbox = w.mailbox AND k.bit = w.bit
OPTION (FORCE ORDER, LOOP JOIN);
INSERT INTO mailgrains.keyword (mailbox, bit, name)
SELECT w.mailbox, w.bit, w.name
FROM @keywords w JOIN @owned o ON o.mailbox = w.mailbox AND o.epoch = w.epoch
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.keyword k WHERE k.mailbox = w.mailbox AND k.bit = w.bit)
OPTION (FORCE ORDER, LOOP JOIN);

-- name: WriteSubscriptions (@subscriptions mailgrains.subscription_rows READONLY)
INSERT INTO mailgrains.subscription (mailbox, hash, path)
SELECT w.mailbox, HASHBYTES('SHA2_256', w.path), w.path
FROM @subscriptions w JOIN @owned o ON o.mailbox = w.mailbox AND o.epoch = w.epoch
WHERE w.subscribed = 1 AND NOT EXISTS (
    SELECT 1 FROM mailgrains.subscription s WHERE s.mailbox = w.mailbox AND s.hash = HASHBYTES('SHA2_256', w.path))
OPTION (FORCE ORDER, LOOP JOIN);
DELETE s
FROM @subscriptions w JOIN @owned o ON o.mailbox = w.mailbox AND o.epoch = w.epoch
JOIN mailgrains.subscription s ON s.mailbox = w.mailbox AND s.hash = HASHBYTES('SHA2_256', w.path)
WHERE w.subscribed = 0
OPTION (FORCE ORDER, LOOP JOIN);

-- name: AddOperations (@operations mailgrains.operation_rows READONLY)
-- Of several under one id the first counts.
INSERT INTO mailgrains.operation (mailbox, id, at, result)
SELECT w.mailbox, w.id, w.at, w.result
FROM (
    SELECT p.mailbox, p.id, p.at, p.result, ROW_NUMBER() OVER (PARTITION BY p.mailbox, p.id ORDER BY p.place) AS nth
    FROM @operations p JOIN @owned o ON o.mailbox = p.mailbox AND o.epoch = p.epoch
) w
WHERE w.nth = 1 AND NOT EXISTS (SELECT 1 FROM mailgrains.operation p WHERE p.mailbox = w.mailbox AND p.id = w.id)
OPTION (LOOP JOIN);

-- name: AddEvents (@events mailgrains.event_rows READONLY)
-- Last of all: the partitions stay locked until the commit, so that positions are given out in commit order. A partition that
-- is missing becomes a NULL, which the table refuses.
DECLARE @needed TABLE (partition int NOT NULL PRIMARY KEY, events int NOT NULL);
DECLARE @raised TABLE (partition int NOT NULL PRIMARY KEY, last bigint NOT NULL);
INSERT INTO @needed (partition, events)
SELECT e.partition, COUNT(*)
FROM @events e JOIN @owned o ON o.mailbox = e.mailbox AND o.epoch = e.epoch
GROUP BY e.partition
OPTION (LOOP JOIN);
SELECT @locked = p.last
FROM @needed n INNER LOOP JOIN mailgrains.event_partition p WITH (UPDLOCK, ROWLOCK) ON p.partition = n.partition
ORDER BY n.partition
OPTION (FORCE ORDER, MAXDOP 1);
UPDATE p
SET last = p.last + n.events
OUTPUT deleted.partition, deleted.last INTO @raised (partition, last)
FROM @needed n INNER LOOP JOIN mailgrains.event_partition p ON p.partition = n.partition
OPTION (FORCE ORDER, MAXDOP 1);
INSERT INTO mailgrains.event (partition, position, mailbox, sequence, at, type, previous, hash, payload)
SELECT e.partition, r.last + ROW_NUMBER() OVER (PARTITION BY e.partition ORDER BY e.place), e.mailbox, e.sequence, e.at, e.type, e.previous, e.hash,
       e.payload
FROM @events e JOIN @owned o ON o.mailbox = e.mailbox AND o.epoch = e.epoch
LEFT JOIN @raised r ON r.partition = e.partition
OPTION (LOOP JOIN);

-- name: EndGroup
COMMIT TRANSACTION WITH (DELAYED_DURABILITY = OFF);

-- name: FindMailboxes (@accounts mailgrains.account_list READONLY)
SELECT account, no FROM mailgrains.mailbox WHERE account IN (SELECT account FROM @accounts);

-- name: EnterWriter (@writer uniqueidentifier, @generation bigint)
SET NOCOUNT, XACT_ABORT ON;
SET LOCK_TIMEOUT 30000;
DECLARE @now bigint = DATEDIFF_BIG(microsecond, '19700101', SYSUTCDATETIME()), @login_time datetime;
SELECT @login_time = s.login_time FROM sys.dm_exec_sessions s WHERE s.session_id = @@SPID;
BEGIN TRANSACTION;
UPDATE mailgrains.writer WITH (UPDLOCK, HOLDLOCK)
SET generation = CASE WHEN generation > @generation THEN generation ELSE @generation END, session_id = @@SPID, login_time = @login_time, seen = @now
WHERE id = @writer;
IF @@ROWCOUNT = 0
    INSERT INTO mailgrains.writer (id, generation, group_no, session_id, login_time, seen) VALUES (@writer, @generation, 0, @@SPID, @login_time, @now);
SELECT group_no, fenced FROM mailgrains.writer WHERE id = @writer;
COMMIT TRANSACTION WITH (DELAYED_DURABILITY = OFF);

-- name: EndLostWriter (@writer uniqueidentifier)
-- Takes VIEW SERVER STATE and ALTER ANY CONNECTION. Without them the server's own notice that the connection is dead is waited for.
SET NOCOUNT ON;
DECLARE @kill nvarchar(30);
SELECT @kill = N'KILL ' + CAST(s.session_id AS nvarchar(10))
FROM mailgrains.writer w JOIN sys.dm_exec_sessions s ON s.session_id = w.session_id AND s.login_time = w.login_time
WHERE w.id = @writer AND s.session_id <> @@SPID;
BEGIN TRY
    IF @kill IS NOT NULL EXECUTE (@kill);
END TRY
BEGIN CATCH
    PRINT N'The old connection may not be ended.';
END CATCH;

-- name: ForgetWriters (@age bigint)
DELETE FROM mailgrains.writer WHERE seen < DATEDIFF_BIG(microsecond, '19700101', SYSUTCDATETIME()) - @age;

-- name: BeginWriting
SET NOCOUNT, XACT_ABORT ON;
SET LOCK_TIMEOUT 30000;
BEGIN TRANSACTION;

-- name: EndWriting
COMMIT TRANSACTION WITH (DELAYED_DURABILITY = OFF);

-- name: BeginReading
SET NOCOUNT, XACT_ABORT ON;
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
BEGIN TRANSACTION;

-- name: EndReading
COMMIT TRANSACTION;
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;

-- name: ClaimMailboxes (@accounts mailgrains.account_list READONLY)
DECLARE @wanted TABLE (account binary(16) NOT NULL PRIMARY KEY);
DECLARE @claimed TABLE (no bigint NOT NULL PRIMARY KEY);
INSERT INTO @wanted (account) SELECT DISTINCT account FROM @accounts;
INSERT INTO mailgrains.mailbox (account, epoch)
SELECT w.account, 0
FROM @wanted w
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.mailbox m WITH (UPDLOCK, HOLDLOCK, ROWLOCK) WHERE m.account = w.account)
ORDER BY w.account
OPTION (LOOP JOIN, MAXDOP 1);
INSERT INTO @claimed (no)
SELECT m.no FROM @wanted w JOIN mailgrains.mailbox m ON m.account = w.account
OPTION (FORCE ORDER, LOOP JOIN);
UPDATE m
SET epoch = m.epoch + 1
OUTPUT inserted.account, inserted.no, inserted.epoch, inserted.modseq, inserted.last_email, inserted.last_folder, inserted.last_uidvalidity,
       inserted.event_sequence, inserted.event_hash, inserted.messages, inserted.size
FROM @claimed c INNER LOOP JOIN mailgrains.mailbox m ON m.no = c.no
OPTION (FORCE ORDER, MAXDOP 1);

-- name: ReadMailboxes (@accounts mailgrains.account_list READONLY)
SELECT account, no, epoch, modseq, last_email, last_folder, last_uidvalidity, event_sequence, event_hash, messages, size
FROM mailgrains.mailbox WHERE account IN (SELECT account FROM @accounts);

-- name: ReadFolders (@accounts mailgrains.account_list READONLY)
SELECT m.account, f.id, f.path, f.special_use, f.uidvalidity, f.uidnext, f.highest_modseq, f.messages, f.unseen, f.deleted, f.size, f.recent_from,
       f.expunges_forgotten
FROM mailgrains.mailbox m JOIN mailgrains.folder f ON f.mailbox = m.no
WHERE m.account IN (SELECT account FROM @accounts)
ORDER BY m.no, f.id
OPTION (LOOP JOIN);

-- name: ReadKeywords (@accounts mailgrains.account_list READONLY)
SELECT m.account, k.name
FROM mailgrains.mailbox m JOIN mailgrains.keyword k ON k.mailbox = m.no
WHERE m.account IN (SELECT account FROM @accounts)
ORDER BY m.no, k.bit
OPTION (LOOP JOIN);

-- name: ReadSubscriptions (@accounts mailgrains.account_list READONLY)
SELECT m.account, s.path
FROM mailgrains.mailbox m JOIN mailgrains.subscription s ON s.mailbox = m.no
WHERE m.account IN (SELECT account FROM @accounts)
ORDER BY m.no, s.path
OPTION (LOOP JOIN);

-- name: ListMailboxes (@from binary(16), @after binary(16), @limit bigint)
SELECT TOP (@limit) account FROM mailgrains.mailbox WHERE account >= @from AND (@after IS NULL OR account <> @after) ORDER BY account;

-- name: ReadPages (@account binary(16), @folder int, @first int, @last int)
SELECT p.data
FROM mailgrains.mailbox m JOIN mailgrains.page p ON p.mailbox = m.no
WHERE m.account = @account AND p.folder = @folder AND p.number BETWEEN @first AND @last
ORDER BY p.number
OPTION (LOOP JOIN);

-- name: ReadAllPages (@account binary(16))
SELECT p.folder, p.data
FROM mailgrains.mailbox m JOIN mailgrains.page p ON p.mailbox = m.no
WHERE m.account = @account
ORDER BY p.folder, p.number
OPTION (LOOP JOIN);

-- name: ReadExpunges (@account binary(16), @folder int, @since bigint)
SELECT e.uids
FROM mailgrains.mailbox m JOIN mailgrains.expunge e ON e.mailbox = m.no
WHERE m.account = @account AND e.folder = @folder AND e.modseq > @since
OPTION (LOOP JOIN);

-- name: FindOperations (@accounts mailgrains.account_list READONLY, @blobs mailgrains.blob_list READONLY)
-- The lists have no order, so each mailbox is asked for all: the ids are hashes, and whoever asked picks out his.
SELECT m.account, o.id, o.result
FROM @accounts a JOIN mailgrains.mailbox m ON m.account = a.account CROSS JOIN @blobs w JOIN mailgrains.operation o ON o.mailbox = m.no AND o.id = w.blob
OPTION (LOOP JOIN);

-- name: ListOperations (@account binary(16), @limit bigint)
SELECT TOP (@limit) SUBSTRING(o.id, 1, 8)
FROM mailgrains.mailbox m JOIN mailgrains.operation o ON o.mailbox = m.no
WHERE m.account = @account
OPTION (LOOP JOIN);

-- name: ForgetOperations (@mailbox bigint, @id varbinary(32), @limit bigint, @before bigint)
SET NOCOUNT ON;
DECLARE @slice TABLE (mailbox bigint NOT NULL, id binary(32) NOT NULL, at bigint NOT NULL, PRIMARY KEY (mailbox, id));
DECLARE @forgotten bigint;
INSERT INTO @slice (mailbox, id, at)
SELECT TOP (@limit) mailbox, id, at
FROM mailgrains.operation
WHERE mailbox >= @mailbox AND (mailbox > @mailbox OR id > @id)
ORDER BY mailbox, id;
DELETE o
FROM @slice s JOIN mailgrains.operation o ON o.mailbox = s.mailbox AND o.id = s.id
WHERE s.at < @before
OPTION (FORCE ORDER, LOOP JOIN);
SET @forgotten = ROWCOUNT_BIG();
SELECT TOP (1) mailbox, id, @forgotten AS forgotten FROM @slice ORDER BY mailbox DESC, id DESC;

-- name: FindBody (@blob binary(32))
SELECT pack, pack_offset, stored_length, length FROM mailgrains.body WHERE blob = @blob;

-- name: ReadEmails (@account binary(16), @ids mailgrains.id_list READONLY)
SELECT e.id, b.blob, b.pack, b.pack_offset, b.stored_length, b.length, e.prefix, e.summary
FROM mailgrains.mailbox m JOIN mailgrains.email e ON e.mailbox = m.no JOIN mailgrains.body b ON b.no = e.body
WHERE m.account = @account AND e.id IN (SELECT id FROM @ids)
ORDER BY e.id
OPTION (LOOP JOIN);

-- name: ReadPartitionsLast
SELECT partition, last FROM mailgrains.event_partition;

-- name: ReadEvents (@partition int, @after bigint, @limit bigint)
SELECT TOP (@limit) e.partition, e.position, m.account, e.sequence, e.at, e.type, e.previous, e.hash, e.payload
FROM mailgrains.event e JOIN mailgrains.mailbox m ON m.no = e.mailbox
WHERE e.partition = @partition AND e.position > @after
ORDER BY e.position
OPTION (LOOP JOIN);

-- name: ReadMailboxEvents (@account binary(16), @after bigint, @limit bigint)
SELECT TOP (@limit) e.partition, e.position, m.account, e.sequence, e.at, e.type, e.previous, e.hash, e.payload
FROM mailgrains.mailbox m JOIN mailgrains.event e ON e.mailbox = m.no
WHERE m.account = @account AND e.sequence > @after
ORDER BY e.sequence
OPTION (LOOP JOIN);

-- name: TouchBodies (@blobs mailgrains.blob_list READONLY)
-- Of the bodies, those that are in the database already; unused ones count as young again.
SET NOCOUNT ON;
UPDATE b
SET touched = DATEDIFF_BIG(microsecond, '19700101', SYSUTCDATETIME())
FROM mailgrains.body b
WHERE b.blob IN (SELECT blob FROM @blobs) AND b.pack = 0 AND b.emails = 0;
SELECT b.blob FROM mailgrains.body b WHERE b.blob IN (SELECT blob FROM @blobs) AND b.pack = 0;

-- name: AddBodies (@bodies mailgrains.body_rows READONLY)
-- A body that lay in a pack moves into the database. Where the database allows it (DELAYED_DURABILITY = ALLOWED) this commit doesn't wait for the disk: the
-- one of the mailbox that refers to the body does, and the server writes its log in order, so that one makes this one durable too.
SET NOCOUNT, XACT_ABORT ON;
SET LOCK_TIMEOUT 30000;
DECLARE @now bigint = DATEDIFF_BIG(microsecond, '19700101', SYSUTCDATETIME());
BEGIN TRANSACTION;
UPDATE b
SET stored_length = CASE WHEN b.pack = 0 THEN b.stored_length ELSE w.stored_length END, pack = 0, pack_offset = w.pack_offset, touched = @now
FROM @bodies w INNER LOOP JOIN mailgrains.body b WITH (UPDLOCK, HOLDLOCK, ROWLOCK) ON b.blob = w.blob
WHERE b.emails = 0 OR b.pack <> 0
OPTION (FORCE ORDER, MAXDOP 1);
INSERT INTO mailgrains.body (blob, pack, pack_offset, stored_length, length, emails, touched)
SELECT w.blob, 0, w.pack_offset, w.stored_length, w.length, 0, @now
FROM @bodies w
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.body b WITH (UPDLOCK, HOLDLOCK, ROWLOCK) WHERE b.blob = w.blob)
OPTION (LOOP JOIN, MAXDOP 1);
INSERT INTO mailgrains.body_data (no, encoding, data)
SELECT b.no, w.encoding, w.data
FROM @bodies w JOIN mailgrains.body b ON b.blob = w.blob
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.body_data d WHERE d.no = b.no)
OPTION (LOOP JOIN);
COMMIT TRANSACTION WITH (DELAYED_DURABILITY = ON);

-- name: ReadBody (@blob binary(32))
SELECT b.length, d.encoding, DATALENGTH(d.data) AS stored_length, d.data
FROM mailgrains.body b JOIN mailgrains.body_data d ON d.no = b.no
WHERE b.blob = @blob
OPTION (LOOP JOIN);

-- name: ReadServerSettings
-- 5 and 8 are Azure SQL Database and Managed Instance, whose version numbers mean nothing.
SELECT CAST(CASE WHEN SERVERPROPERTY('EngineEdition') IN (5, 8) THEN 99 ELSE SERVERPROPERTY('ProductMajorVersion') END AS int) AS version,
       CAST(d.is_read_committed_snapshot_on AS int) AS read_committed_snapshot, CAST(d.snapshot_isolation_state AS int) AS snapshot_isolation,
       CAST(d.delayed_durability AS int) AS delayed_durability, CAST(d.compatibility_level AS int) AS compatibility_level
FROM sys.databases d
WHERE d.database_id = DB_ID();

-- name: LockSchema
-- Held until the connection closes.
DECLARE @result int;
EXECUTE @result = sys.sp_getapplock @Resource = N'MailGrains schema', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = -1;
IF @result < 0 THROW 50001, 'The lock on the schema was refused.', 1;

-- name: CreateSchema
IF SCHEMA_ID(N'mailgrains') IS NULL EXECUTE (N'CREATE SCHEMA mailgrains');

-- name: ReadMeta (@name nvarchar(60))
SELECT value FROM mailgrains.meta WHERE name = @name;

-- name: CreatePartitions (@name nvarchar(60), @count int)
SET NOCOUNT, XACT_ABORT ON;
BEGIN TRANSACTION;
INSERT INTO mailgrains.meta (name, value) VALUES (@name, @count);
INSERT INTO mailgrains.event_partition (partition, last)
SELECT TOP (@count) ROW_NUMBER() OVER (ORDER BY (SELECT NULL)) - 1, 0 FROM sys.all_columns;
COMMIT TRANSACTION;
