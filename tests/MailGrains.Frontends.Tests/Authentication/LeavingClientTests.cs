using MailGrains.Frontends.Tests.Imap;
using Xunit;

namespace MailGrains.Frontends.Tests.Authentication;

/// <summary>A client that leaves while its login waits for a grain.</summary>
public sealed class LeavingClientTests(ImapStack stack)
{
    [Theory]
    [InlineData("GetCredentialsAsync")]
    [InlineData("OpenSessionAsync")]
    public async Task Nobody_waits_for_an_answer_any_more_and_no_session_is_left(string call)
    {
        using var server = stack.NewServer();
        var user = await stack.NewUserAsync();
        var held = stack.Replies.HoldNext(user.Account, call);
        await using var client = new ImapClient(server.Connect());
        await client.ReadLineAsync();
        await client.SendAsync($"t LOGIN {user.Login} \"{ImapStack.Password}\"\r\n");
        await held.ArrivedAsync();

        // The connection is cut off.
        server.Drain();
        server.Time.Advance(TimeSpan.FromSeconds(11));
        await server.SessionsEndedAsync();
        await held.ReleaseAsync();
        Assert.Equal(0, (await user.Mailbox.TotalsAsync()).OpenSessions);
    }
}
