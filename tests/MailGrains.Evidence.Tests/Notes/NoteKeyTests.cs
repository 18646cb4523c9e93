using MailGrains.Evidence.Notes;
using Xunit;

namespace MailGrains.Evidence.Tests.Notes;

/// <summary>Keys and signatures against the example in the documentation of the format's first implementation, Go's golang.org/x/mod/sumdb/note.</summary>
public sealed class NoteKeyTests
{
    private const string Private = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private const string Public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string Signature = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";

    [Fact]
    public void The_example_is_signed_octet_for_octet()
    {
        Assert.True(NoteSigner.TryParse(Private, out var signer));
        using (signer)
        {
            Assert.Equal(Private, signer.ToPrivateText());
            Assert.Equal(Public, signer.Verifier.ToString());
            Assert.Equal(0xc74f20a3, signer.Verifier.Id);
            Assert.Equal($"{Text}\n{Signature}\n", SignedNote.Sign(Text, signer).ToString());
        }
    }

    [Fact]
    public void Nothing_but_the_whole_key_is_a_key()
    {
        Assert.True(NoteVerifier.TryParse(Public, out _));
        for (var start = 0; start < Public.Length; start++)
            for (var end = start; end <= Public.Length; end++)
                if (end - start < Public.Length) Assert.False(NoteVerifier.TryParse(Public[start..end], out _));
        for (var end = 0; end < Private.Length; end++) Assert.False(NoteSigner.TryParse(Private[..end], out _));
        foreach (var key in new[] { Public.ToUpperInvariant(), Public + "\n", " " + Public, "Peter Neumann" + Public[12..], "Peter" + Public[12..], new string('x', 10_000) })
            Assert.False(NoteVerifier.TryParse(key, out _));
        Assert.False(NoteVerifier.TryParse(null, out _));
        Assert.False(NoteSigner.TryParse(Public, out _));
    }

    [Fact]
    public void A_fresh_key_survives_its_texts()
    {
        using var signer = NoteSigner.Generate("mail.example/log");
        Assert.True(NoteSigner.TryParse(signer.ToPrivateText(), out var again));
        using (again) Assert.Equal(signer.Sign("text\n").ToString(), again.Sign("text\n").ToString());
        Assert.Throws<ArgumentException>(() => NoteSigner.Generate("a+b"));
        Assert.Throws<ArgumentException>(() => NoteSigner.Generate("a\u00a0b"));
    }
}
