-- The statements of the directory, as in Statements.sql. Lists are given back as text, with spaces between. What is sought by text is asked for with
-- nvarchar(4000), whatever the column's length: the server cuts off what is longer, and would find the beginning. Rows that
-- are not there yet are kept free for the writer until its transaction ends (HOLDLOCK).

-- name: ReadAccount (@account binary(16))
SELECT a.id, a.version, a.disabled, a.argon2id, a.scram, a.created,
       (SELECT STRING_AGG(CAST(o.[key] AS nvarchar(max)), N' ') WITHIN GROUP (ORDER BY o.place) FROM mailgrains.address o WHERE o.account = a.id) AS addresses
FROM mailgrains.account a
WHERE a.id = @account;

-- name: ReadActs (@account binary(16))
SELECT account, version, type, address, actor, client FROM mailgrains.account_act WHERE account = @account ORDER BY version;

-- name: ListAccounts (@after nvarchar(4000), @limit bigint)
SELECT TOP (@limit) a.id, a.version, a.disabled, a.argon2id, a.scram, a.created,
       (SELECT STRING_AGG(CAST(o.[key] AS nvarchar(max)), N' ') WITHIN GROUP (ORDER BY o.place) FROM mailgrains.address o WHERE o.account = a.id) AS addresses
FROM mailgrains.address d JOIN mailgrains.account a ON a.id = d.account
WHERE d.[key] > @after AND d.place = 0
ORDER BY d.[key]
OPTION (LOOP JOIN);

-- name: FindAccounts (@keys mailgrains.key_list READONLY)
SELECT a.id, a.version, a.disabled, a.argon2id, a.scram, a.created,
       (SELECT STRING_AGG(CAST(o.[key] AS nvarchar(max)), N' ') WITHIN GROUP (ORDER BY o.place) FROM mailgrains.address o WHERE o.account = a.id) AS addresses,
       w.place
FROM @keys w JOIN mailgrains.address d ON d.[key] = w.[key] JOIN mailgrains.account a ON a.id = d.account
OPTION (LOOP JOIN);

-- name: ListOwing (@after binary(16), @limit bigint)
SELECT o.account, o.version, o.type, o.address, o.actor, o.client
FROM (SELECT DISTINCT TOP (@limit) account FROM mailgrains.account_act WHERE account > @after ORDER BY account) w
JOIN mailgrains.account_act o ON o.account = w.account
ORDER BY o.account, o.version
OPTION (LOOP JOIN);

-- name: CountDirectory
SELECT (SELECT COUNT_BIG(*) FROM mailgrains.address WHERE account IS NOT NULL AND place = 0) AS accounts,
       (SELECT COUNT_BIG(*) FROM mailgrains.account_act) + (SELECT COUNT_BIG(*) FROM mailgrains.directory_act) AS acts;

-- name: Resolve (@key nvarchar(4000), @depth int, @limit bigint)
-- Groups level by level, each once, all of one moment.
SET NOCOUNT, XACT_ABORT ON;
SET TRANSACTION ISOLATION LEVEL SNAPSHOT;
DECLARE @level int = 1;
DECLARE @inside TABLE (id binary(16) NOT NULL PRIMARY KEY, level int NOT NULL);
BEGIN TRANSACTION;
INSERT INTO @inside (id, level)
SELECT a.mail_group, 1 FROM mailgrains.address a WHERE a.[key] = @key AND a.mail_group IS NOT NULL;
WHILE @@ROWCOUNT > 0 AND @level < @depth
BEGIN
    SET @level += 1;
    INSERT INTO @inside (id, level)
    SELECT DISTINCT m.member, @level
    FROM @inside i JOIN mailgrains.group_member m ON m.mail_group = i.id AND m.is_group = 1
    WHERE i.level = @level - 1 AND NOT EXISTS (SELECT 1 FROM @inside seen WHERE seen.id = m.member)
    OPTION (LOOP JOIN);
END;
SELECT a.account, a.mail_group, CAST(CASE WHEN c.disabled = 1 OR d.disabled = 1 THEN 1 ELSE 0 END AS bit) AS disabled,
       (SELECT STRING_AGG(CONVERT(varchar(max), r.member, 2), ' ')
        FROM (SELECT DISTINCT TOP (@limit) m.member
              FROM @inside i JOIN mailgrains.group_member m ON m.mail_group = i.id AND m.is_group = 0 JOIN mailgrains.account e ON e.id = m.member
              WHERE e.disabled = 0
              ORDER BY m.member) r) AS members
FROM mailgrains.address a
LEFT JOIN mailgrains.account c ON c.id = a.account
LEFT JOIN mailgrains.domain d ON d.name = a.domain
WHERE a.[key] = @key
OPTION (LOOP JOIN);
COMMIT TRANSACTION;
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;

-- name: AddAccount (@id binary(16), @version bigint, @disabled bit, @argon2id nvarchar(max), @scram nvarchar(max), @created bigint)
INSERT INTO mailgrains.account (id, version, disabled, argon2id, scram, created)
SELECT @id, @version, @disabled, @argon2id, @scram, @created
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.account a WITH (UPDLOCK, HOLDLOCK, ROWLOCK) WHERE a.id = @id);

-- name: ChangeAccount (@id binary(16), @version bigint, @disabled bit, @argon2id nvarchar(max), @scram nvarchar(max), @created bigint)
UPDATE mailgrains.account
SET version = @version, disabled = @disabled, argon2id = @argon2id, scram = @scram, created = @created
WHERE id = @id AND version = @version - 1;

-- name: AddAccounts (@accounts mailgrains.account_rows READONLY)
-- Those that were there are not given back.
INSERT INTO mailgrains.account (id, version, disabled, argon2id, scram, created)
OUTPUT inserted.id
SELECT w.id, w.version, w.disabled, w.argon2id, w.scram, w.created
FROM @accounts w
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.account a WITH (UPDLOCK, HOLDLOCK, ROWLOCK) WHERE a.id = w.id)
ORDER BY w.id
OPTION (LOOP JOIN, MAXDOP 1);

-- name: FindUnknownDomains (@keys mailgrains.key_list READONLY)
-- Of addresses that are new, those whose domain is not in the list, where there is one.
SELECT w.[key]
FROM @keys w
WHERE EXISTS (SELECT 1 FROM mailgrains.domain)
  AND NOT EXISTS (SELECT 1 FROM mailgrains.domain d WHERE d.name = SUBSTRING(w.[key], CHARINDEX(N'@', w.[key]) + 1, 254))
  AND NOT EXISTS (SELECT 1 FROM mailgrains.address a WHERE a.[key] = w.[key])
OPTION (LOOP JOIN);

-- name: LeaveAddresses (@account binary(16), @keys mailgrains.key_list READONLY)
DELETE a
FROM mailgrains.address a
WHERE a.account = @account AND NOT EXISTS (SELECT 1 FROM @keys w WHERE w.[key] = a.[key]);

-- name: WriteAddresses (@addresses mailgrains.address_rows READONLY)
-- Those of others are left alone and not given back.
UPDATE a
SET place = w.place
FROM @addresses w INNER LOOP JOIN mailgrains.address a WITH (UPDLOCK, HOLDLOCK, ROWLOCK) ON a.[key] = w.[key]
WHERE a.account = w.account
OPTION (FORCE ORDER, MAXDOP 1);
INSERT INTO mailgrains.address ([key], account, place)
SELECT w.[key], w.account, w.place
FROM @addresses w
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.address a WITH (UPDLOCK, HOLDLOCK, ROWLOCK) WHERE a.[key] = w.[key])
ORDER BY w.[key]
OPTION (LOOP JOIN, MAXDOP 1);
SELECT a.[key]
FROM @addresses w JOIN mailgrains.address a ON a.[key] = w.[key]
WHERE a.account = w.account
OPTION (LOOP JOIN);

-- name: ForgetAccounts (@accounts mailgrains.account_list READONLY)
DELETE FROM mailgrains.address WHERE account IN (SELECT w.account FROM @accounts w);
DELETE FROM mailgrains.account WHERE id IN (SELECT w.account FROM @accounts w);

-- name: AddActs (@acts mailgrains.act_rows READONLY)
INSERT INTO mailgrains.account_act (account, version, type, address, actor, client)
SELECT w.account, w.version, w.type, w.address, w.actor, w.client
FROM @acts w
WHERE NOT EXISTS (
    SELECT 1 FROM mailgrains.account_act o WITH (UPDLOCK, HOLDLOCK, ROWLOCK) WHERE o.account = w.account AND o.version = w.version)
ORDER BY w.account, w.version
OPTION (LOOP JOIN, MAXDOP 1);

-- name: Settle (@settled mailgrains.settled_rows READONLY)
DELETE o
FROM @settled w JOIN mailgrains.account_act o ON o.account = w.account AND o.version <= w.version
OPTION (FORCE ORDER, LOOP JOIN);

-- name: FindGroup (@name nvarchar(4000))
SELECT g.id, g.name, a.[key], g.created
FROM mailgrains.mail_group g LEFT JOIN mailgrains.address a ON a.mail_group = g.id
WHERE g.name = @name AND DATALENGTH(g.name) = DATALENGTH(@name)
OPTION (LOOP JOIN);

-- name: ListGroups (@after nvarchar(4000), @limit bigint)
SELECT TOP (@limit) g.id, g.name, a.[key], g.created
FROM mailgrains.mail_group g LEFT JOIN mailgrains.address a ON a.mail_group = g.id
WHERE g.name > @after
ORDER BY g.name
OPTION (LOOP JOIN);

-- name: AddGroup (@group binary(16), @name nvarchar(128), @created bigint)
INSERT INTO mailgrains.mail_group (id, name, created)
SELECT @group, @name, @created
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.mail_group g WITH (UPDLOCK, HOLDLOCK, ROWLOCK) WHERE g.name = @name);

-- name: AddGroupAddress (@key nvarchar(254), @group binary(16))
INSERT INTO mailgrains.address ([key], mail_group, place)
SELECT @key, @group, 0
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.address a WITH (UPDLOCK, HOLDLOCK, ROWLOCK) WHERE a.[key] = @key);

-- name: DeleteGroup (@group binary(16))
DELETE FROM mailgrains.mail_group WHERE id = @group;

-- name: DeleteGroupAddress (@group binary(16))
DELETE FROM mailgrains.address WHERE mail_group = @group;

-- name: DeleteGroupMembers (@group binary(16))
DELETE FROM mailgrains.group_member WHERE mail_group = @group;

-- name: LeaveGroups (@member binary(16))
DELETE FROM mailgrains.group_member WHERE member = @member;

-- name: LeaveRoles (@holder binary(16))
DELETE FROM mailgrains.role_holder WHERE holder = @holder;

-- name: LockAccount (@account binary(16))
SELECT 1 AS found FROM mailgrains.account WITH (REPEATABLEREAD, ROWLOCK) WHERE id = @account;

-- name: AccountExists (@account binary(16))
SELECT TOP (1) 1 AS found FROM mailgrains.address WHERE account = @account;

-- name: ReadLogin (@account binary(16))
SELECT [key] FROM mailgrains.address WHERE account = @account AND place = 0;

-- name: ReadGroup (@group binary(16))
SELECT g.id, g.name, a.[key], g.created
FROM mailgrains.mail_group g LEFT JOIN mailgrains.address a ON a.mail_group = g.id
WHERE g.id = @group
OPTION (LOOP JOIN);

-- name: GroupExists (@group binary(16))
SELECT 1 AS found FROM mailgrains.mail_group WITH (REPEATABLEREAD, ROWLOCK) WHERE id = @group;

-- name: IsInside (@outer binary(16), @wanted binary(16))
DECLARE @level int = 1;
DECLARE @inside TABLE (id binary(16) NOT NULL PRIMARY KEY, level int NOT NULL);
INSERT INTO @inside (id, level) VALUES (@outer, 1);
WHILE @@ROWCOUNT > 0
BEGIN
    SET @level += 1;
    INSERT INTO @inside (id, level)
    SELECT DISTINCT m.member, @level
    FROM @inside i JOIN mailgrains.group_member m ON m.mail_group = i.id AND m.is_group = 1
    WHERE i.level = @level - 1 AND NOT EXISTS (SELECT 1 FROM @inside seen WHERE seen.id = m.member)
    OPTION (LOOP JOIN);
END;
SELECT 1 AS found FROM @inside WHERE id = @wanted;

-- name: AddMember (@group binary(16), @member binary(16), @is_group bit)
INSERT INTO mailgrains.group_member (mail_group, member, is_group)
SELECT @group, @member, @is_group
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.group_member m WITH (UPDLOCK, HOLDLOCK, ROWLOCK) WHERE m.mail_group = @group AND m.member = @member);

-- name: RemoveMember (@group binary(16), @member binary(16))
DELETE FROM mailgrains.group_member WHERE mail_group = @group AND member = @member;

-- name: ListMembers (@group binary(16))
SELECT m.member, m.is_group, COALESCE(g.name, a.[key]) AS name
FROM mailgrains.group_member m
LEFT JOIN mailgrains.mail_group g ON g.id = m.member
LEFT JOIN mailgrains.address a ON a.account = m.member AND a.place = 0
WHERE m.mail_group = @group
ORDER BY name
OPTION (LOOP JOIN);

-- name: ListAllMembers
SELECT m.mail_group, m.member, m.is_group, COALESCE(g.name, a.[key]) AS name
FROM mailgrains.group_member m
LEFT JOIN mailgrains.mail_group g ON g.id = m.member
LEFT JOIN mailgrains.address a ON a.account = m.member AND a.place = 0
ORDER BY m.mail_group, name
OPTION (LOOP JOIN);

-- name: ListGroupsOf (@member binary(16))
SELECT g.id, g.name
FROM mailgrains.group_member m JOIN mailgrains.mail_group g ON g.id = m.mail_group
WHERE m.member = @member
ORDER BY g.name
OPTION (LOOP JOIN);

-- name: ListRolesOf (@holder binary(16))
SELECT role FROM mailgrains.role_holder WHERE holder = @holder ORDER BY role;

-- name: FindGroupAddresses (@member binary(16))
SET NOCOUNT ON;
DECLARE @level int = 1;
DECLARE @above TABLE (id binary(16) NOT NULL PRIMARY KEY, level int NOT NULL);
INSERT INTO @above (id, level) VALUES (@member, 1);
WHILE @@ROWCOUNT > 0
BEGIN
    SET @level += 1;
    INSERT INTO @above (id, level)
    SELECT DISTINCT m.mail_group, @level
    FROM @above o JOIN mailgrains.group_member m ON m.member = o.id
    WHERE o.level = @level - 1 AND NOT EXISTS (SELECT 1 FROM @above seen WHERE seen.id = m.mail_group)
    OPTION (LOOP JOIN);
END;
SELECT a.[key]
FROM @above o JOIN mailgrains.address a ON a.mail_group = o.id
OPTION (LOOP JOIN);

-- name: FindMemberships (@member binary(16))
SET NOCOUNT ON;
DECLARE @level int = 1;
DECLARE @above TABLE (id binary(16) NOT NULL PRIMARY KEY, level int NOT NULL);
INSERT INTO @above (id, level) VALUES (@member, 1);
WHILE @@ROWCOUNT > 0
BEGIN
    SET @level += 1;
    INSERT INTO @above (id, level)
    SELECT DISTINCT m.mail_group, @level
    FROM @above o JOIN mailgrains.group_member m ON m.member = o.id
    WHERE o.level = @level - 1 AND NOT EXISTS (SELECT 1 FROM @above seen WHERE seen.id = m.mail_group)
    OPTION (LOOP JOIN);
END;
SELECT CAST(0 AS bit) AS is_role, g.name AS name
FROM @above o JOIN mailgrains.mail_group g ON g.id = o.id
WHERE o.id <> @member
UNION ALL
SELECT CAST(1 AS bit), r.role
FROM @above o JOIN mailgrains.role_holder r ON r.holder = o.id
OPTION (LOOP JOIN);

-- name: Grant (@role nvarchar(128), @holder binary(16), @is_group bit)
INSERT INTO mailgrains.role_holder (role, holder, is_group)
SELECT @role, @holder, @is_group
WHERE NOT EXISTS (SELECT 1 FROM mailgrains.role_holder r WITH (UPDLOCK, HOLDLOCK, ROWLOCK) WHERE r.role = @role AND r.holder = @holder);

-- name: Revoke (@role nvarchar(4000), @holder binary(16))
DELETE FROM mailgrains.role_holder WHERE role = @role AND DATALENGTH(role) = DATALENGTH(@role) AND holder = @holder;

-- name: ListRoles
SELECT r.role, r.holder, r.is_group, COALESCE(g.name, a.[key]) AS name
FROM mailgrains.role_holder r
LEFT JOIN mailgrains.mail_group g ON g.id = r.holder
LEFT JOIN mailgrains.address a ON a.account = r.holder AND a.place = 0
ORDER BY r.role, name
OPTION (LOOP JOIN);

-- name: ReadDomain (@name nvarchar(4000))
SELECT name, disabled FROM mailgrains.domain WHERE name = @name;

-- name: ListDomains
SELECT name, disabled FROM mailgrains.domain ORDER BY name;

-- name: WriteDomain (@name nvarchar(254), @disabled bit)
UPDATE mailgrains.domain WITH (UPDLOCK, HOLDLOCK) SET disabled = @disabled WHERE name = @name;
IF @@ROWCOUNT = 0 INSERT INTO mailgrains.domain (name, disabled) VALUES (@name, @disabled);

-- name: DeleteDomain (@name nvarchar(4000))
DELETE FROM mailgrains.domain WHERE name = @name;

-- name: DomainHasAddresses (@name nvarchar(4000))
SELECT TOP (1) 1 AS found FROM mailgrains.address WHERE domain = @name;

-- name: LockDirectoryLog
SELECT number, pictured FROM mailgrains.directory_log WITH (UPDLOCK, HOLDLOCK);

-- name: MarkPictured (@at bigint)
UPDATE mailgrains.directory_log SET pictured = @at;

-- name: AddDirectoryAct (@number bigint, @at bigint, @type nvarchar(200), @actor nvarchar(max), @client nvarchar(max), @details nvarchar(max))
UPDATE mailgrains.directory_log SET number = @number;
INSERT INTO mailgrains.directory_act (number, at, type, actor, client, details) VALUES (@number, @at, @type, @actor, @client, @details);

-- name: ReadDirectoryActs (@limit bigint)
SELECT TOP (@limit) number, at, type, actor, client, details FROM mailgrains.directory_act ORDER BY number;

-- name: SettleDirectoryActs (@number bigint)
DELETE FROM mailgrains.directory_act WHERE number <= @number;
