using MailGrains.TestKit.Clients;

namespace MailGrains.TestKit.Checking;

/// <summary>Somebody who is logged in and goes on working while others attack the server: one NOOP after the other.</summary>
internal sealed class Bystander : IDisposable
{
    private readonly RawImap _imap;

    private Bystander(RawImap imap) => _imap = imap;

    public static async Task<Bystander> LoggedInAsync(int port, string user, string password, CancellationToken cancellation) =>
        new(await RawImap.LoggedInAsync(port, user, password, cancellation));

    /// <summary>How long the answers took that were asked for while the attack went on; one at least. Fails when one is no OK, or the server is gone.</summary>
    public async Task<AnswerTimes> DuringAsync(Func<Task> attack, CancellationToken cancellation)
    {
        var attacking = Task.Run(attack, cancellation);
        var times = new List<TimeSpan>();
        do
        {
            var asked = TimeProvider.System.GetTimestamp();
            (await _imap.RunAsync("NOOP", cancellation)).Ok();
            times.Add(TimeProvider.System.GetElapsedTime(asked));
        }
        while (!attacking.IsCompleted);
        await attacking;
        return new AnswerTimes(times);
    }

    public void Dispose() => _imap.Dispose();
}
