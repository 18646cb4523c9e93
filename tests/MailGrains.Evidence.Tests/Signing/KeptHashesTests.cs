using MailGrains.Evidence.Signing;
using Xunit;

namespace MailGrains.Evidence.Tests.Signing;

/// <summary>Hashes on disk save reading, and are never believed without the signed root.</summary>
public sealed class KeptHashesTests : IDisposable
{
    /// <summary>More than is read again in a round, and not a whole number of tiles.</summary>
    private const int Events = 15_000;

    private readonly SignerFixture _fixture = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(Events)]
    [InlineData(15_104)]
    public async Task After_a_start_the_tail_is_read_and_a_piece_of_the_rest(int events)
    {
        var log = new LongLog(events);
        var before = await SignAsync(log);
        log.Grow(300);
        log.EventsRead = 0;
        var after = await SignAsync(log);
        Assert.InRange(log.EventsRead, 300, 10_000 + 300 + 257);
        Assert.Equal((before.Head.Hash, events + 300), (after.Head.Previous, after.Head.Partitions[0].Size));
        Assert.Equal((await SignWithoutHashesAsync(log)).Head.Partitions[0], after.Head.Partitions[0]);
    }

    [Theory]
    [InlineData(0, 32 * 300)]
    [InlineData(0, 32 * 14_900)]
    [InlineData(1, 32 * 3)]
    public async Task Damaged_hashes_are_made_anew(int level, int octet)
    {
        var log = new LongLog(Events);
        var before = await SignAsync(log);
        var file = Path.Combine(_fixture.Tiles, "v1", "0", $"{level}");
        var octets = await File.ReadAllBytesAsync(file, Cancellation);
        var good = octets[octet];
        octets[octet] ^= 1;
        await File.WriteAllBytesAsync(file, octets, Cancellation);
        log.Grow(1);

        Assert.Equal(before.Head.Hash, (await SignAsync(log)).Head.Previous);
        log.Grow(1);
        Assert.Equal(3, (await SignAsync(log)).Head.Number);
        Assert.Equal(good, (await File.ReadAllBytesAsync(file, Cancellation))[octet]);
    }

    [Fact]
    public async Task Hashes_that_are_gone_are_made_anew()
    {
        var log = new LongLog(Events);
        using var signer = _fixture.Start(log);
        var before = await signer.SignAsync(Cancellation);
        Directory.Delete(_fixture.Tiles, recursive: true);
        Assert.Equal(before.Head.Hash, (await signer.SignAsync(Cancellation)).Head.Hash);
        Assert.Equal(Events * 32, new FileInfo(Path.Combine(_fixture.Tiles, "v1", "0", "0")).Length);
    }

    /// <summary>Long ago, with the hash and all: found when its turn to be read again comes.</summary>
    [Fact]
    public async Task An_old_event_that_was_changed_is_found()
    {
        var log = new LongLog(Events);
        using var signer = _fixture.Start(log);
        await signer.SignAsync(Cancellation);
        log.Events[12_344] = Verification.TestLog.Make(0, 12_345, log.Events[0].Account, log.Events[12_343], log.Events[12_344].Event.At, "Logout", "");
        log.Grow(1);
        var refused = await Assert.ThrowsAsync<LogBrokenException>(async () =>
        {
            for (var round = 0; round < 2; round++) await signer.SignAsync(Cancellation);
        });
        Assert.Contains("position 12345", refused.Message, StringComparison.Ordinal);
    }

    private async Task<SignedHead> SignAsync(LongLog log)
    {
        using var signer = _fixture.Start(log);
        return await signer.SignAsync(Cancellation);
    }

    private static async Task<SignedHead> SignWithoutHashesAsync(LongLog log)
    {
        using var other = new SignerFixture();
        using var signer = other.Start(log);
        return await signer.SignAsync(Cancellation);
    }
}
