using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MailGrains.TestKit.Processes;

/// <summary>Runs programs of this machine to their end.</summary>
internal static class Programs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>Where a program lies, or null; also looks where only root's PATH leads.</summary>
    public static string? Find(string name) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public static ProcessStartInfo Describe(string program, IEnumerable<string> arguments) => new(Find(program) ?? program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
    };

    public static Task<ProgramResult> RunAsync(string program, params string[] arguments) =>
        RunAsync(Describe(program, arguments), ReadOnlyMemory<byte>.Empty, CancellationToken.None);

    public static async Task<ProgramResult> RunAsync(ProcessStartInfo start, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        var command = $"{start.FileName} {string.Join(' ', start.ArgumentList)}";
        using var process = Start(start);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await WriteAsync(process, input, limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new ProgramResult(command, process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} did not end within {Patience}.");
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"{start.FileName} can't be started: {missing.Message}", missing);
        }
    }

    private static async Task WriteAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; what it said tells why.
        }
    }
}
