namespace MailGrains.Interop.Tests.Server;

/// <summary>The administration program, pointed at one server.</summary>
internal sealed class CommandLine(ServerProcess server)
{
    public Task<ProgramResult> RunAsync(params string[] arguments) => RunAsync(input: "", arguments);

    /// <summary>With text on its standard input.</summary>
    public async Task<ProgramResult> RunAsync(string input, string[] arguments)
    {
        var start = Programs.Describe("dotnet", [Built.Cli, .. arguments]);
        start.Environment["MAILGRAINS_SERVER"] = $"http://127.0.0.1:{server.Ports.Http}";
        start.Environment["MAILGRAINS_TOKEN"] = server.AdminToken;
        return await Programs.RunAsync(start, System.Text.Encoding.UTF8.GetBytes(input), CancellationToken.None);
    }

    public async Task AddAccountAsync(string address, string password) =>
        (await RunAsync(password + "\n", ["account", "add", address, "--password-stdin"])).Succeeded();
}
