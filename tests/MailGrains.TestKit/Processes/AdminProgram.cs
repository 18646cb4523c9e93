using System.Text;

namespace MailGrains.TestKit.Processes;

/// <summary>The administration program, pointed at one server.</summary>
internal static class AdminProgram
{
    /// <summary>Runs a command to its end.</summary>
    /// <param name="port">Where the server's HTTP listens.</param>
    /// <param name="token">The admin token.</param>
    /// <param name="input">Text for its standard input.</param>
    /// <param name="arguments">The command.</param>
    public static async Task<ProgramResult> RunAsync(int port, string token, string input, params string[] arguments)
    {
        var start = Programs.Describe("dotnet", [Built.Cli, .. arguments]);
        start.Environment["MAILGRAINS_SERVER"] = $"http://127.0.0.1:{port}";
        start.Environment["MAILGRAINS_TOKEN"] = token;
        return await Programs.RunAsync(start, Encoding.UTF8.GetBytes(input), CancellationToken.None);
    }
}
