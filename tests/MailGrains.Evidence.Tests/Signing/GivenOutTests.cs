using MailGrains.Evidence.Signing;
using MailGrains.Evidence.Tests.Verification;
using Xunit;

namespace MailGrains.Evidence.Tests.Signing;

/// <summary>Events after the last that was signed are there as far as positions were given out, and no further.</summary>
public sealed class GivenOutTests : IDisposable
{
    private readonly SignerFixture _fixture = new();
    private readonly TestLog _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(1, "partition 1 ends with position 30, but 31 was given out: what came last is missing")]
    [InlineData(-1, "partition 1 ends with position 30, but only 29 was given out")]
    public async Task A_log_that_ends_elsewhere_is_not_signed(long more, string problem)
    {
        using var signer = _fixture.Start(_log);
        _log.GivenOut[1] = more;
        var refused = await Assert.ThrowsAsync<LogBrokenException>(() => signer.SignAsync(Cancellation));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);

        // Put right, it is signed at once.
        _log.GivenOut[1] = 0;
        Assert.Equal(1, (await signer.SignAsync(Cancellation)).Head.Number);
    }
}
