using System.Net;
using System.Net.Sockets;
using System.Text;
using MailGrains.TestKit.Processes;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

/// <summary>What the administration program makes of a server that can't answer at the moment.</summary>
public sealed class UnavailableTests
{
    [Theory]
    [InlineData("application/json", """{"error":"unavailable","message":"A silo is away; try again."}""", "A silo is away; try again.")]
    [InlineData("text/html", "<p>no backend</p>", "The server is not available at the moment; try again later.")]
    public async Task An_error_503_is_one_line_and_exit_code_1(string type, string body, string told)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var answering = AnswerAsync(server, $"HTTP/1.1 503 Service Unavailable\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var result = await AdminProgram.RunAsync(((IPEndPoint)server.LocalEndpoint).Port, "token", "", "status");
        await answering;
        Assert.Equal((1, "", $"mailgrains: {told}\n"), (result.ExitCode, result.Output, result.Errors));
    }

    private static async Task AnswerAsync(TcpListener server, string answer)
    {
        using var client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 })
        {
            // The request's headers.
        }

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
    }
}
