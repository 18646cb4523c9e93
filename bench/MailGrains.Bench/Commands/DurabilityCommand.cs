using System.CommandLine;
using MailGrains.Bench.Report;

namespace MailGrains.Bench.Commands;

/// <summary><c>durability</c>: what a durable write costs on this disk.</summary>
internal static class DurabilityCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Folder on the disk in question." };
        var command = new Command("durability", "Time 10 KB appends with fsync in a folder: the floor under each durable row.") { folder };
        command.SetAction(parsed =>
        {
            Console.WriteLine(DiskProbe.Run(parsed.GetValue(folder)!));
            return 0;
        });
        return command;
    }
}
