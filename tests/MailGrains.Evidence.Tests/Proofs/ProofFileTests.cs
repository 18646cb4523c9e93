using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Proofs;
using MailGrains.Evidence.Tests.Signing;
using MailGrains.Evidence.Tests.Verification;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Evidence.Tests.Proofs;

/// <summary>No octet of a proof can be another: flipped, left out or added.</summary>
public sealed class ProofFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Proof => Path.Combine(_folder.Path, "proof.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Any_flipped_bit_is_refused()
    {
        var octets = await WriteAsync();
        Assert.Equal(0, (await CheckAsync(octets)).Code);
        for (var bit = 0; bit < octets.Length * 8; bit++)
        {
            octets[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.True((await CheckAsync(octets)).Code == 1, $"Octet {bit / 8}, bit {bit % 8}");
            octets[bit / 8] ^= (byte)(1 << bit % 8);
        }
    }

    [Fact]
    public async Task Any_octet_less_is_refused_and_any_line_twice()
    {
        var octets = await WriteAsync();
        for (var at = 0; at < octets.Length; at++) Assert.True((await CheckAsync([.. octets[..at], .. octets[(at + 1)..]])).Code == 1, $"Without octet {at}");
        for (var at = 0; at < octets.Length; at++)
        {
            if (octets[at] != '\n') continue;
            var start = at == 0 ? 0 : Array.LastIndexOf(octets, (byte)'\n', at - 1) + 1;
            if (octets.AsSpan(start).StartsWith("— "u8)) continue; // A signature may be there twice.
            Assert.True((await CheckAsync([.. octets[..(at + 1)], .. octets[start..]])).Code == 1, $"Twice up to octet {at}");
        }

        Assert.Equal(1, (await CheckAsync([])).Code);
    }

    [Fact]
    public async Task Without_a_key_or_a_file_nothing_is_said()
    {
        await WriteAsync();
        Assert.Equal(2, (await Verifier.RunAsync("proof", Proof)).Code);
        Assert.Equal(2, (await Verifier.RunAsync("proof", Proof, "--key", "key")).Code);
        Assert.Equal(2, (await Verifier.RunAsync("proof", Proof + "x", "--key", Verifier.Key)).Code);
        using var other = NoteSigner.Generate(TestLog.Name);
        (await Verifier.RunAsync("proof", Proof, "--key", other.Verifier.ToString())).Names("proof.txt", "it is not signed by");
    }

    /// <summary>With all there can be in a proof.</summary>
    private async Task<byte[]> WriteAsync()
    {
        var log = new TestLog();
        using var fixture = new SignerFixture();
        using var signer = fixture.Start(log);
        var since = log.CheckpointOf(1, 11).Sign(TestKeys.Golden).ToString();
        var proof = await new EventProver(log, signer).ProveAsync(log.ReceiptOf(1, 17), since, Cancellation);
        var octets = System.Text.Encoding.UTF8.GetBytes(proof.ToString());
        await File.WriteAllBytesAsync(Proof, octets, Cancellation);
        return octets;
    }

    private async Task<Verdict> CheckAsync(byte[] octets)
    {
        await File.WriteAllBytesAsync(Proof, octets, Cancellation);
        return await Verifier.RunAsync("proof", Proof, "--key", Verifier.Key);
    }
}
