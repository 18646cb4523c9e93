using MailGrains.Outputs.Tests.RabbitMq;

[assembly: AssemblyFixture(typeof(RabbitServer))]
