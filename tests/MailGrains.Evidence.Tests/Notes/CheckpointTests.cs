using System.Text;
using MailGrains.Evidence.Merkle;
using MailGrains.Evidence.Notes;
using Xunit;

namespace MailGrains.Evidence.Tests.Notes;

/// <summary>The golden checkpoint, made with another implementation of Ed25519 (OpenSSL's); its parts, changed and cut off.</summary>
public sealed class CheckpointTests
{
    private static readonly NoteSigner Signer = TestKeys.Golden;

    private static string Golden => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Notes", "checkpoint.txt"));

    [Fact]
    public void The_golden_checkpoint_is_written()
    {
        var root = TestTree();
        Assert.Equal(Golden, new Checkpoint(Checkpoint.OriginOf("mail.example/log", 3), 70_000, root).Sign(Signer).ToString());
    }

    [Fact]
    public void The_golden_checkpoint_is_read()
    {
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(Golden), out var note));
        Assert.True(note.IsSignedBy(Signer.Verifier));
        Assert.Equal(Golden, note.ToString());
        Assert.True(Checkpoint.TryParse(note.Text, out var checkpoint));
        Assert.Equal(("mail.example/log/3", 70_000L, TestTree()), (checkpoint.Origin, checkpoint.Size, checkpoint.Root));
        Assert.Equal(note.Text, checkpoint.ToText());
    }

    /// <summary>The example of C2SP tlog-checkpoint.</summary>
    [Fact]
    public void The_example_of_the_format_is_read()
    {
        const string example = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
            + "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(example), out var note));
        Assert.True(Checkpoint.TryParse(note.Text, out var checkpoint));
        Assert.Equal(("example.com/behind-the-sofa", 20852163L), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal(example, note.ToString());
        Assert.False(note.IsSignedBy(Signer.Verifier));
    }

    [Fact]
    public void No_flipped_bit_and_no_part_of_it_is_signed()
    {
        var golden = Encoding.UTF8.GetBytes(Golden);
        for (var i = 0; i < golden.Length; i++)
        {
            Assert.False(SignedNote.TryParse(golden.AsSpan(0, i), out _));
            for (var bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. golden];
                changed[i] ^= (byte)(1 << bit);
                Assert.False(SignedNote.TryParse(changed, out var note) && note.IsSignedBy(Signer.Verifier));
            }
        }
    }

    [Theory]
    [InlineData("log\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n99999999999999999999\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("log\n1\n\n")]
    [InlineData("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\nextension\n")]
    [InlineData("")]
    public void What_is_no_checkpoint_is_refused(string text) => Assert.False(Checkpoint.TryParse(text, out _));

    [Fact]
    public void Extensions_are_kept()
    {
        var text = new Checkpoint("log", 0, TreeHash.Empty, ["one", "two"]).ToText();
        Assert.True(Checkpoint.TryParse(text, out var checkpoint));
        Assert.Equal(["one", "two"], checkpoint.Extensions);
        Assert.Equal(text, checkpoint.ToText());
    }

    [Fact]
    public void Other_keys_may_sign_too_but_a_bad_signature_of_ours_spoils_it()
    {
        using var witness = NoteSigner.Generate("witness");
        var note = new Checkpoint("log", 0, TreeHash.Empty).Sign(Signer);
        Assert.True(note.With(witness.Sign(note.Text)).IsSignedBy(Signer.Verifier));
        Assert.True(note.With(witness.Sign("another text\n")).IsSignedBy(Signer.Verifier));
        Assert.False(note.With(Signer.Sign("another text\n")).IsSignedBy(Signer.Verifier));
        Assert.True(note.With(witness.Sign(note.Text)).IsSignedBy(witness.Verifier));
        var many = note.With([.. Enumerable.Repeat(witness.Sign(note.Text), 40)]);
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(many.ToString()), out _));
        Assert.False(SignedNote.TryParse(new byte[SignedNote.MaxLength + 1], out _));
    }

    private static TreeHash TestTree() => TreeHash.Leaf("golden"u8);
}
