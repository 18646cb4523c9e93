using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests;

/// <summary>On the embedded database.</summary>
public sealed class SqliteMailboxTests(SqliteEngine engine) : MailboxDamage(engine);
