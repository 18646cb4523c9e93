using System.Text;
using MailGrains.Cli.Mailstores;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Cli.Tests.Mailstores;

/// <summary>What of a mail store can't be read is told, and the rest is read.</summary>
public sealed class MailSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_directory_that_can_not_be_listed_is_told_and_the_others_are_read()
    {
        foreach (var name in (string[])["a/1.eml", "b/2.eml", "c/3.eml"]) Write(name);
        using var items = MailSource.Read(_folder.Path, "INBOX").GetEnumerator();
        Assert.True(items.MoveNext());
        Assert.Equal("a/1.eml", items.Current.Source);

        // Gone before the walk has come to it: rights do not keep an administrator from reading.
        Directory.Delete(Path.Combine(_folder.Path, "b"), recursive: true);
        Assert.True(items.MoveNext());
        Assert.Equal("b", items.Current.Source);
        Assert.NotNull(items.Current.Problem);
        Assert.True(items.MoveNext());
        Assert.Equal(("INBOX/c", "c/3.eml"), (items.Current.Message?.Folder, items.Current.Source));
        Assert.False(items.MoveNext());
    }

    [Fact]
    public void A_link_is_followed_but_not_back_up()
    {
        using var elsewhere = new TemporaryFolder();
        File.WriteAllText(Path.Combine(elsewhere.Path, "2.eml"), "Subject: 2\n\n");
        Write("a/1.eml");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "a", "other"), elsewhere.Path);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "a", "up"), _folder.Path);
        Assert.Equal(["a/1.eml", "a/other/2.eml"], MailSource.Read(_folder.Path, "INBOX").Select(i => i.Source));
        Assert.True(MailSource.Size(_folder.Path) > 0);
    }

    [Fact]
    public void A_Maildir_has_its_folders_below_it()
    {
        foreach (var name in (string[])["cur/1:2,S", "new/2", "tmp/3", ".Lists.dot%2Enet/cur/4:2,FR", "plain/new/5"]) Write(name);
        Assert.Equal(
            [("INBOX", "1", @"\Seen"), ("INBOX", "2", ""), ("Lists/dot.net", "4", @"\Flagged \Answered"), ("plain", "5", "")],
            MailSource.Read(_folder.Path, "INBOX").Select(i => (i.Message!.Folder, i.Source.Split('/')[^1], i.Message.Flags)).OrderBy(i => i.Item2));
    }

    [Fact]
    public void An_mbox_that_breaks_off_gives_the_messages_before()
    {
        var text = "From a Thu Feb  1 03:04:05 2024\nSubject: 1\n\none\n\nFrom b Thu Feb  1 03:04:05 2024\nSubject: 2\n\ntw";
        var items = MboxSource.Read(new BrokenStream(Encoding.ASCII.GetBytes(text)), "INBOX").ToList();
        Assert.Equal(2, items.Count);
        Assert.Equal("Subject: 1\r\n\r\none\r\n", Encoding.ASCII.GetString(items[0].Message!.Octets));
        Assert.Equal((null, "the disk is broken"), (items[1].Message, items[1].Problem));
    }

    [Fact]
    public void A_file_that_can_not_be_read_is_told()
    {
        var path = Path.Combine(_folder.Path, "broken");
        File.CreateSymbolicLink(path, "/proc/self/mem");
        Assert.NotNull(Assert.Single(MailSource.Read(path, "INBOX")).Problem);
    }

    private void Write(string name)
    {
        var path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "Subject: x\n\nbody\n");
    }

    /// <summary>Octets, then an error.</summary>
    private sealed class BrokenStream(byte[] octets) : MemoryStream(octets)
    {
        public override int ReadByte() => base.ReadByte() is var b and >= 0 ? b : throw new IOException("the disk is broken");
    }
}
