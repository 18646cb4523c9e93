using MailGrains.Evidence.Export;
using MailGrains.Evidence.Signing;
using MailGrains.Evidence.Tests.Signing;
using MailGrains.Evidence.Tests.Verification;
using MailGrains.Evidence.TimeStamps;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Evidence.Tests.TimeStamps;

/// <summary>Rounds of signing with an authority that gives time stamps, or doesn't.</summary>
public sealed class TimeStampTests : IDisposable
{
    private readonly SignerFixture _fixture = new();
    private readonly TestLog _log = new();
    private readonly LogSigner _signer;
    private readonly HttpClient _http = new();

    public TimeStampTests() => _signer = _fixture.Start(_log);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _signer.Dispose();
        _fixture.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task An_authority_that_is_down_keeps_nothing_from_being_signed_and_is_asked_again()
    {
        await using var authority = await LocalAuthority.StartAsync();
        authority.IsDown = true;
        var rounds = Rounds(authority);
        await rounds.RunAsync(Cancellation);
        Assert.Equal(1, (await _signer.ReadLastAsync(Cancellation))!.Head.Number);
        Assert.Null(await _signer.ReadStampAsync(1, Cancellation));

        authority.IsDown = false;
        _fixture.Time.Advance(rounds.Period);
        await rounds.RunAsync(Cancellation);
        Assert.NotNull(await _signer.ReadStampAsync(1, Cancellation));
        await rounds.RunAsync(Cancellation);
        Assert.Equal(2, authority.Asked);
    }

    [Fact]
    public async Task A_checkpoint_is_made_when_it_is_due_and_something_came()
    {
        await using var authority = await LocalAuthority.StartAsync();
        var rounds = Rounds(authority);
        await rounds.RunAsync(Cancellation);
        Append();
        _fixture.Time.Advance(TimeSpan.FromMinutes(59));
        await rounds.RunAsync(Cancellation);
        Assert.Equal(1, (await _signer.ReadLastAsync(Cancellation))!.Head.Number);
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));
        await rounds.RunAsync(Cancellation);
        Assert.Equal(2, (await _signer.ReadLastAsync(Cancellation))!.Head.Number);
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        await rounds.RunAsync(Cancellation);
        Assert.Equal(2, (await _signer.ReadLastAsync(Cancellation))!.Head.Number);

        // What is refused is no reason for the rounds to end.
        _log.Events[0].Clear();
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        await rounds.RunAsync(Cancellation);
        Assert.Equal(2, (await _signer.ReadLastAsync(Cancellation))!.Head.Number);
    }

    [Fact]
    public async Task Stamps_are_exported_and_verified()
    {
        await using var authority = await LocalAuthority.StartAsync();
        await Rounds(authority).RunAsync(Cancellation);
        Append();
        _fixture.Time.Advance(TimeSpan.FromHours(1));
        await Rounds(authority).RunAsync(Cancellation);
        var path = Path.Combine(_fixture.Exports, "one");
        await new EvidenceExport(_log, _signer, _log, TestLog.Options).WriteAsync(path, Cancellation);

        var good = await Verifier.CheckAsync(path, "--tsa-cert", authority.Certificate);
        good.IsUnchanged();
        Assert.Contains("2 good time stamps, the last on head 2 says 20", good.Output, StringComparison.Ordinal);
        var unseen = await Verifier.CheckAsync(path);
        unseen.IsUnchanged();
        Assert.Contains("2 time stamps, not checked without --tsa-cert", unseen.Output, StringComparison.Ordinal);

        await using var stranger = await LocalAuthority.StartAsync();
        (await Verifier.CheckAsync(path, "--tsa-cert", stranger.Certificate)).Names("heads/1.tst", "Test TSA", "which --tsa-cert doesn't vouch for");
        Assert.Equal(2, (await Verifier.CheckAsync(path, "--tsa-cert", path + "/none")).Code);
        Assert.Equal(2, (await Verifier.CheckAsync(path, "--tsa-cert", Path.Combine(path, "log.json"))).Code);

        var first = await File.ReadAllBytesAsync(Path.Combine(path, "heads", "1.tst"), Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(path, "heads", "2.tst"), first, Cancellation);
        (await Verifier.CheckAsync(path, "--tsa-cert", authority.Certificate)).Names("heads/2.tst", "the time stamp of something else");
        await File.WriteAllBytesAsync(Path.Combine(path, "heads", "2.tst"), first[..^1], Cancellation);
        (await Verifier.CheckAsync(path, "--tsa-cert", authority.Certificate)).Names("heads/2.tst", "it is no time stamp");
        var at = first.Length - 20;
        first[at] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(path, "heads", "1.tst"), first, Cancellation);
        (await Verifier.CheckAsync(path, "--tsa-cert", authority.Certificate)).Names("heads/1.tst", "it is no time stamp, or was changed");
    }

    private CheckpointRounds Rounds(LocalAuthority authority) => new(
        _signer, new TimeStamper(_http, authority.Address), TimeSpan.FromHours(1), _fixture.Time, NullLogger<CheckpointRounds>.Instance);

    private void Append()
    {
        var last = _log.Events[1][^1];
        _log.Events[1].Add(TestLog.Make(1, last.Position + 1, last.Account, last, last.Event.At, "Logout", ""));
    }
}
