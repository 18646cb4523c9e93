using System.CommandLine;
using MailGrains.Cli;
using MailGrains.Cli.Commands;

var root = new RootCommand("Administers a MailGrains server.")
{
    AccountCommands.Create(),
    AddressCommands.Create(),
    GroupCommands.Create(),
    RoleCommands.Create(),
    DomainCommands.Create(),
    FolderCommands.Create(),
    ImportCommand.Create(),
    ExportCommand.Create(),
    VerifyCommand.Create(),
    EvidenceCommands.Create(),
    ProveCommand.Create(),
    StatusCommand.Create(),
    ClusterCommands.Create(),
    EventCommands.Create(),
    HistoryCommand.Create(),
    SubscriberCommands.Create(),
    RestoreCommands.Create(),
    CaseCommands.Create(),
};
GlobalOptions.AddTo(root);
return await root.Parse(args).InvokeAsync();
