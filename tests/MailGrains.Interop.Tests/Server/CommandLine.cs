namespace MailGrains.Interop.Tests.Server;

/// <summary>The administration program, pointed at one server.</summary>
internal sealed class CommandLine(ServerProcess server)
{
    public Task<ProgramResult> RunAsync(params string[] arguments) => RunAsync(input: "", arguments);

    /// <summary>With text on its standard input.</summary>
    public Task<ProgramResult> RunAsync(string input, string[] arguments) => AdminProgram.RunAsync(server.Ports.Http, server.AdminToken, input, arguments);

    public async Task AddAccountAsync(string address, string password) =>
        (await RunAsync(password + "\n", ["account", "add", address, "--password-stdin"])).Succeeded();
}
