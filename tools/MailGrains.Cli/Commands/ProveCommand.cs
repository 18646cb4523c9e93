using System.CommandLine;
using System.Text;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>prove: that the event of a receipt is in the log, for somebody who has nothing else.</summary>
internal static class ProveCommand
{
    public static Command Create()
    {
        var receipt = new Argument<string>("receipt") { Description = "The receipt, r1.…, as the server gave it when the event happened." };
        var since = new Option<string?>("--since")
        {
            Description = "A file with a checkpoint or head that was kept: the proof then shows that the log is its continuation.",
        };
        var output = new Option<string?>("--out") { Description = "Where to write the proof; without it, it is printed." };
        var command = new Command("prove", "Prove that an event is in the log. Check the proof with: mailgrains-verify proof FILE --key …")
        {
            receipt, since, output,
        };
        command.Runs(async (parsed, api, cancellation) =>
        {
            var path = $"/api/evidence/proof/{AdminApi.Segment(parsed.GetRequiredValue(receipt))}";
            using var response = parsed.GetValue(since) is { } file
                ? await api.PostForStreamAsync(path, new ByteArrayContent(await ReadAsync(file, cancellation)), cancellation)
                : await api.StreamAsync(path, cancellation);
            var proof = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (parsed.GetValue(output) is { } target) await File.WriteAllBytesAsync(target, proof, cancellation);
            else await Console.Out.WriteAsync(Encoding.UTF8.GetString(proof));
        });
        return command;
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, cancellation);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Usage, $"{file} can't be read: {missing.Message}");
        }
    }
}
