using System.Text;
using CsCheck;
using MailGrains.Changelog.Differences;
using MailGrains.Changelog.Objects;
using MailGrains.Changelog.Properties;
using MailGrains.TestKit;

namespace MailGrains.Changelog.Tests;

/// <summary>Objects and mail with octets changed, dropped, doubled and mixed: nothing throws, and whatever is found keeps the promises.</summary>
public sealed class MutationTests
{
    private static readonly byte[][] s_messages =
        [.. Sample.Names.Select(Sample.Read), .. Corpus.All().Select(Corpus.Read).Where(m => m.Length < 12_000)];

    private static readonly byte[][] s_tokens =
    [
        .. new[]
        {
            "\r\n", "\r\n ", "\r\n\r\n", "\0", "<", ">", "</", "/>", "&", "&#0;", "&lt;", "<![CDATA[", "]]>", "<!--", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<?xml ",
            "\\", "\\n", ";", ":", ",", "=", "\"", "^", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n", "BEGIN:VALARM\r\n", "UID:x\r\n", "RECURRENCE-ID:20260101T000000\r\n",
            "DTSTART;TZID=../../etc/passwd:20260101T000000\r\n", "X-Kolab-Type: application/x-vnd.kolab.event\r\n", "Content-Type: text/calendar\r\n", "encoding=\"utf-7\"",
            "<uid><text>x</text></uid>", "mailto:%", "\ud83d\ude48", "\u00ff", "99999999T999999", "00010101T000000Z",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly Gen<(int Message, (int Kind, double Place, double Other, int Token)[] Edits)> s_mutations = Gen.Select(
        Gen.Int[0, s_messages.Length - 1],
        Gen.Select(Gen.Int[0, 4], Gen.Double.Unit, Gen.Double.Unit, Gen.Int[0, s_tokens.Length - 1]).Array[0, 12]);

    // Half of the cases begin with an object: ordinary mail is mostly passed over.
    private static readonly Gen<(int Message, (int Kind, double Place, double Other, int Token)[] Edits)> s_objects =
        Gen.Select(Gen.Int[0, Sample.Names.Count - 1], s_mutations, (message, mutation) => (message, mutation.Edits));

    [Fact]
    public void Nothing_throws_and_what_is_found_is_in_order() =>
        Gen.OneOf(s_mutations, s_objects).Sample(mutation => Check(Mutation.Apply(s_messages[mutation.Message], s_tokens, mutation.Edits)), iter: 6000, threads: 1);

    [Fact]
    public void Every_beginning_of_an_object_is_read_without_harm()
    {
        foreach (var message in Sample.Names.Select(Sample.Read))
            for (var length = 0; length < message.Length; length += 3) Check(message[..length]);
    }

    [Fact]
    public void Mail_of_the_corpus_is_read_without_harm()
    {
        foreach (var name in Corpus.All()) Check(Corpus.Read(name));
    }

    private static void Check(byte[] message)
    {
        if (GroupwareObject.Recognise(message) is not { } found) return;
        Assert.True(Storage.Records.GroupwareRow.IsUid(found.Uid));
        Assert.True(Enum.IsDefined(found.Kind));
        Assert.Equal(found, GroupwareObject.Recognise(message));
        if (ObjectProperties.Read(found.Payload) is not { } properties) return;

        Assert.Empty(ObjectDiff.Compare(properties, properties));
        Assert.All(ObjectDiff.Compare([], properties), c => Assert.Equal(ChangeKind.Add, c.Kind));
        Assert.Equal(properties.Count, ObjectDiff.Compare(properties, []).Count);
        ObjectProperties.Read(found.Payload, "20260317T140000");
    }
}
