using System.CommandLine;
using MailGrains.Bench.Generator;

namespace MailGrains.Bench.Commands;

/// <summary><c>generate</c>: writes a seeded mailbox to disk.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same bytes.", DefaultValueFactory = _ => 1 };
        var count = new Option<int>("--count") { Description = "How many messages.", DefaultValueFactory = _ => 10_000 };
        var target = new Option<string>("--out") { Description = "File (mbox) or folder (eml, maildir) to write.", Required = true };
        var format = new Option<MailboxFormat>("--format") { Description = "mbox, eml or maildir." };
        var command = new Command("generate", "Write a realistic mailbox made from a seed.") { seed, count, target, format };
        command.SetAction(parsed =>
        {
            var sizes = new List<int>();
            var messages = new MailboxGenerator(parsed.GetValue(seed)).Generate(parsed.GetValue(count))
                .Select(message => { sizes.Add(message.Bytes.Length); return message; });
            MailboxWriter.Write(messages, parsed.GetValue(target)!, parsed.GetValue(format));
            sizes.Sort();
            Console.WriteLine(
                $"{sizes.Count} messages, {sizes.Sum(size => (long)size)} bytes, " +
                $"median {sizes.ElementAtOrDefault(sizes.Count / 2)}, largest {sizes.LastOrDefault()}");
            return 0;
        });
        return command;
    }
}
