using System.Text;
using static MailGrains.Interop.Tests.BadInput.Attack;

namespace MailGrains.Interop.Tests.BadInput;

/// <summary>Messages made to hurt who reads them.</summary>
internal static class HostileMessages
{
    /// <summary>By the number in docs/bad-input.md and what it is.</summary>
    public static readonly IReadOnlyDictionary<string, Func<string>> All = new Dictionary<string, Func<string>>
    {
        ["28 References of 1 MB"] = () => $"Message-ID: <0@x>\r\nReferences: {Repeat("<0@x> <1@x>\r\n ", 80_000)}\r\n\r\nx\r\n",
        ["28 a chain of 100,000"] = () => $"Message-ID: <c@x>\r\nIn-Reply-To: <c@x>\r\nReferences: {string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<{i}@x>\r\n "))}\r\n\r\nx\r\n",
        ["36 100,000 parts"] = () => $"Content-Type: multipart/mixed; boundary=b\r\n\r\n{Repeat("--b\r\n\r\nx\r\n", 100_000)}--b--\r\n",
        ["36 multiparts 1,000 deep"] = () => string.Concat(Enumerable.Range(0, 1_000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")) + "\r\nx\r\n",
        ["36 messages 10,000 deep"] = () => Repeat("Subject: s\r\nContent-Type: message/rfc822\r\n\r\n", 10_000) + "x\r\n",
        ["37 no boundary"] = () => "Content-Type: multipart/mixed\r\n\r\n--\r\nx\r\n",
        ["37 an empty boundary"] = () => "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\nx\r\n----\r\n",
        ["37 a boundary of 1 MB"] = () => $"Content-Type: multipart/mixed; boundary=\"{new string('b', 1_000_000)}\"\r\n\r\n--{new string('b', 1_000_000)}\r\n\r\nx\r\n",
        ["37 a boundary that begins like its parent's"] = () => "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\n1\r\n--bb--\r\n--b--\r\n",
        ["37 a multipart without end"] = () => "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\n1\r\n--b\r\n\r\n2",
        ["38 a header of 10 MB"] = () => $"Subject: {Repeat("=?utf-8?Q?a?= ", 740_000)}\r\n\r\nx\r\n",
        ["38 a million headers"] = () => Repeat("A: b\r\n", 1_000_000) + "\r\nx\r\n",
        ["38 100,000 recipients"] = () => $"To: a@b{Repeat(",\r\n \"Some One\" <someone@example.org>", 100_000)}\r\n\r\nx\r\n",
        ["38 100,000 continued parameters"] = () => $"Content-Type: text/plain{string.Concat(Enumerable.Range(0, 100_000).Select(i => $"; name*{i}=x"))}\r\n\r\nx\r\n",
        ["38 comments in comments"] = () => $"From: {Repeat("(", 100_000)}a@b\r\nTo: (a\\\r\n\r\nx\r\n",
        ["39 fields that are none"] = () => "From:\r\nTo: a:b,c@d:;, <\"\"@x>, :;:;, <<a>>@\r\nCc: \u00e2\u0082\r\nSubject: =?utf-8?Q?=E2=82?= =?x?y?z?= =?utf-8?B?4oI=?=\r\nDate: never\r\n\r\nx\r\n",
        ["40 1 MB of nested markup"] = () => $"Content-Type: text/html\r\n\r\n{Repeat("<div>", 200_000)}end\r\n",
        ["41 octets that are no text"] = () => "Subject: odd\r\nX: \u00e4\r\n\rbare\nlines\0and 8-bit \u00ff, no end",
    };

    public static byte[] Octets(string name) => Encoding.Latin1.GetBytes(All[name]());
}
