using System.Runtime.Versioning;
using MailGrains.Tampering.Tests.Engines;
using Xunit;

[assembly: AssemblyFixture(typeof(SqliteEngine))]
[assembly: AssemblyFixture(typeof(PostgreSqlEngine))]
[assembly: UnsupportedOSPlatform("windows")]
