using System.CommandLine;
using MailGrains.Bench.Commands;

var root = new RootCommand("Measures MailGrains beside Dovecot with one light client, and makes seeded mailboxes.")
{
    CompareCommand.Create(),
    GrowthCommand.Create(),
    DurabilityCommand.Create(),
    GenerateCommand.Create(),
    AccountsCommand.Create(),
    SubscriberCostCommand.Create(),
    BonnieCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
