using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests;

/// <summary>On PostgreSQL.</summary>
public sealed class PostgreSqlMailboxTests(PostgreSqlEngine engine) : MailboxDamage(engine);
