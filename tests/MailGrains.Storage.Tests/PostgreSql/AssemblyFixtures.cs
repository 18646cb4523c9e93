using MailGrains.TestKit.Postgres;

[assembly: Xunit.AssemblyFixture(typeof(PostgresServer))]
