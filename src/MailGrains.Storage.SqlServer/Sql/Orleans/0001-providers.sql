-- What Orleans' ADO.NET providers for clustering, grain storage and reminders expect to find: their queries by key, with the parameter and column
-- names they use. They look for OrleansQuery without naming a schema, so all of this is in dbo, where every user's look-up ends.

CREATE TABLE dbo.OrleansQuery (
    QueryKey  nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    QueryText nvarchar(max) NOT NULL
);

-- Clustering: one version row a cluster, which every change of a member raises, and one row a member.
CREATE TABLE dbo.OrleansMembershipVersionTable (
    DeploymentId nvarchar(150) COLLATE Latin1_General_100_BIN2 NOT NULL PRIMARY KEY,
    Timestamp    datetime2(3) NOT NULL DEFAULT SYSUTCDATETIME(),
    Version      int NOT NULL DEFAULT 0
);

CREATE TABLE dbo.OrleansMembershipTable (
    DeploymentId nvarchar(150) COLLATE Latin1_General_100_BIN2 NOT NULL REFERENCES dbo.OrleansMembershipVersionTable (DeploymentId),
    Address      nvarchar(45) COLLATE Latin1_General_100_BIN2 NOT NULL,
    Port         int NOT NULL,
    Generation   int NOT NULL,
    SiloName     nvarchar(150) NOT NULL,
    HostName     nvarchar(150) NOT NULL,
    Status       int NOT NULL,
    ProxyPort    int NULL,
    SuspectTimes nvarchar(max) NULL,
    StartTime    datetime2(3) NOT NULL,
    IAmAliveTime datetime2(3) NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'InsertMembershipVersionKey', N'
SET NOCOUNT ON;
INSERT INTO dbo.OrleansMembershipVersionTable (DeploymentId)
SELECT @DeploymentId
WHERE NOT EXISTS (SELECT 1 FROM dbo.OrleansMembershipVersionTable WITH (UPDLOCK, HOLDLOCK) WHERE DeploymentId = @DeploymentId);
SELECT @@ROWCOUNT;
');

-- The version is raised and the member written together or not at all. Waiting for a rival's version row shows its new version.
INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'InsertMembershipKey', N'
SET NOCOUNT, XACT_ABORT ON;
DECLARE @raised int;
BEGIN TRANSACTION;
UPDATE dbo.OrleansMembershipVersionTable SET Timestamp = SYSUTCDATETIME(), Version = Version + 1
WHERE DeploymentId = @DeploymentId AND Version = @Version AND NOT EXISTS (
    SELECT 1 FROM dbo.OrleansMembershipTable
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation);
SET @raised = @@ROWCOUNT;
IF @raised = 1
    INSERT INTO dbo.OrleansMembershipTable
        (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
    VALUES (@DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime);
COMMIT TRANSACTION;
SELECT @raised;
');

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'UpdateMembershipKey', N'
SET NOCOUNT, XACT_ABORT ON;
DECLARE @raised int;
BEGIN TRANSACTION;
UPDATE dbo.OrleansMembershipVersionTable SET Timestamp = SYSUTCDATETIME(), Version = Version + 1
WHERE DeploymentId = @DeploymentId AND Version = @Version AND EXISTS (
    SELECT 1 FROM dbo.OrleansMembershipTable
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation);
SET @raised = @@ROWCOUNT;
IF @raised = 1
    UPDATE dbo.OrleansMembershipTable SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation;
COMMIT TRANSACTION;
SELECT @raised;
');

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'UpdateIAmAlivetimeKey', N'
UPDATE dbo.OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime
WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation;
');

-- A cluster without members still has its version row.
INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'MembershipReadRowKey', N'
SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime,
       m.IAmAliveTime, v.Version
FROM dbo.OrleansMembershipVersionTable v
LEFT JOIN dbo.OrleansMembershipTable m
    ON m.DeploymentId = v.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
WHERE v.DeploymentId = @DeploymentId;
');

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'MembershipReadAllKey', N'
SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime,
       m.IAmAliveTime, v.Version
FROM dbo.OrleansMembershipVersionTable v
LEFT JOIN dbo.OrleansMembershipTable m ON m.DeploymentId = v.DeploymentId
WHERE v.DeploymentId = @DeploymentId;
');

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'DeleteMembershipTableEntriesKey', N'
DELETE FROM dbo.OrleansMembershipTable WHERE DeploymentId = @DeploymentId;
DELETE FROM dbo.OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId;
');

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'GatewaysQueryKey', N'
SELECT Address, ProxyPort, Generation
FROM dbo.OrleansMembershipTable
WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0;
');

-- Status 3 is Active.
INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'CleanupDefunctSiloEntriesKey', N'
DELETE FROM dbo.OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3;
');

-- Grain storage: one row a grain state. A cleared state keeps its row, without payload: its version goes on counting, so that a late writer that
-- still holds an old one is found out. Found by the hashes, as the names are too long for a key. The extension has a '|' behind it, because = takes
-- no notice of spaces at the end.
CREATE TABLE dbo.OrleansStorage (
    GrainIdHash            int NOT NULL,
    GrainTypeHash          int NOT NULL,
    GrainIdN0              bigint NOT NULL,
    GrainIdN1              bigint NOT NULL,
    GrainTypeString        nvarchar(512) COLLATE Latin1_General_100_BIN2 NOT NULL,
    GrainIdExtensionString nvarchar(513) COLLATE Latin1_General_100_BIN2 NOT NULL,
    ServiceId              nvarchar(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
    Version                int NOT NULL,
    PayloadBinary          varbinary(max) NULL
);

CREATE CLUSTERED INDEX OrleansStorageByHash ON dbo.OrleansStorage (GrainIdHash, GrainTypeHash);

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'ReadFromStorageKey', N'
SELECT PayloadBinary, Version
FROM dbo.OrleansStorage
WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, N'''') + N''|'' AND ServiceId = @ServiceId
  AND PayloadBinary IS NOT NULL;
');

-- Nothing written must still give a row, with NULL: the provider takes no row at all for success.
INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'WriteToStorageKey', N'
SET NOCOUNT, XACT_ABORT ON;
DECLARE @written TABLE (Version int NOT NULL);
BEGIN TRANSACTION;
UPDATE dbo.OrleansStorage WITH (UPDLOCK, HOLDLOCK)
SET PayloadBinary = @PayloadBinary, Version = Version + 1
OUTPUT inserted.Version INTO @written (Version)
WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, N'''') + N''|'' AND ServiceId = @ServiceId
  AND (Version = @GrainStateVersion OR (@GrainStateVersion IS NULL AND PayloadBinary IS NULL));
IF @@ROWCOUNT = 0 AND @GrainStateVersion IS NULL
    INSERT INTO dbo.OrleansStorage
        (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, GrainIdExtensionString, ServiceId, Version, PayloadBinary)
    OUTPUT inserted.Version INTO @written (Version)
    SELECT @GrainIdHash, @GrainTypeHash, @GrainIdN0, @GrainIdN1, @GrainTypeString, COALESCE(@GrainIdExtensionString, N'''') + N''|'', @ServiceId, 1,
        @PayloadBinary
    WHERE NOT EXISTS (
        SELECT 1 FROM dbo.OrleansStorage WITH (UPDLOCK, HOLDLOCK)
        WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
          AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, N'''') + N''|''
          AND ServiceId = @ServiceId);
COMMIT TRANSACTION;
SELECT (SELECT Version FROM @written) AS NewGrainStateVersion;
');

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'ClearStorageKey', N'
SET NOCOUNT ON;
DECLARE @cleared TABLE (Version int NOT NULL);
UPDATE dbo.OrleansStorage
SET PayloadBinary = NULL, Version = Version + 1
OUTPUT inserted.Version INTO @cleared (Version)
WHERE GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
  AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = COALESCE(@GrainIdExtensionString, N'''') + N''|'' AND ServiceId = @ServiceId
  AND Version = @GrainStateVersion;
SELECT (SELECT Version FROM @cleared) AS NewGrainStateVersion;
');

-- Reminders, found by ranges of the grains' hashes: each silo looks after the ranges it owns. The key is as long as an index may be in a table whose
-- rows lie elsewhere.
CREATE TABLE dbo.OrleansRemindersTable (
    ServiceId    nvarchar(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
    GrainId      nvarchar(512) COLLATE Latin1_General_100_BIN2 NOT NULL,
    ReminderName nvarchar(150) COLLATE Latin1_General_100_BIN2 NOT NULL,
    StartTime    datetime2(3) NOT NULL,
    Period       bigint NOT NULL,
    GrainHash    int NOT NULL,
    Version      int NOT NULL,
    PRIMARY KEY NONCLUSTERED (ServiceId, GrainId, ReminderName)
);

CREATE CLUSTERED INDEX OrleansRemindersByHash ON dbo.OrleansRemindersTable (ServiceId, GrainHash);

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'UpsertReminderRowKey', N'
SET NOCOUNT, XACT_ABORT ON;
DECLARE @written TABLE (Version int NOT NULL);
BEGIN TRANSACTION;
UPDATE dbo.OrleansRemindersTable WITH (UPDLOCK, HOLDLOCK)
SET StartTime = @StartTime, Period = @Period, GrainHash = @GrainHash, Version = Version + 1
OUTPUT inserted.Version INTO @written (Version)
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName;
IF @@ROWCOUNT = 0
    INSERT INTO dbo.OrleansRemindersTable (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
    OUTPUT inserted.Version INTO @written (Version)
    VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0);
COMMIT TRANSACTION;
SELECT Version FROM @written;
');

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'ReadReminderRowsKey', N'
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM dbo.OrleansRemindersTable WHERE ServiceId = @ServiceId AND GrainId = @GrainId;
');

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'ReadReminderRowKey', N'
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM dbo.OrleansRemindersTable WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName;
');

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'ReadRangeRows1Key', N'
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM dbo.OrleansRemindersTable WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash;
');

-- The range that goes over the end of the ring.
INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'ReadRangeRows2Key', N'
SELECT GrainId, ReminderName, StartTime, Period, Version
FROM dbo.OrleansRemindersTable WHERE ServiceId = @ServiceId AND (GrainHash > @BeginHash OR GrainHash <= @EndHash);
');

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'DeleteReminderRowKey', N'
SET NOCOUNT ON;
DELETE FROM dbo.OrleansRemindersTable
WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version;
SELECT @@ROWCOUNT;
');

INSERT INTO dbo.OrleansQuery (QueryKey, QueryText) VALUES (N'DeleteReminderRowsKey', N'
DELETE FROM dbo.OrleansRemindersTable WHERE ServiceId = @ServiceId;
');
