namespace MailGrains.Mime.Tests;

/// <summary>Checks ENVELOPE, BODY and BODYSTRUCTURE against the formal syntax of RFC 9051 section 9.</summary>
internal static class ImapSyntax
{
    public static ImapNode Envelope(ReadOnlySpan<byte> text)
    {
        var node = ImapReader.Read(text);
        CheckEnvelope(node);
        return node;
    }

    public static ImapNode Body(ReadOnlySpan<byte> text, bool extended)
    {
        var node = ImapReader.Read(text);
        CheckBody(node, extended);
        return node;
    }

    private static void CheckEnvelope(ImapNode node)
    {
        Assert.Equal(10, node.List.Count);
        foreach (var index in new[] { 0, 1, 8, 9 })
            CheckNString(node[index]);
        for (var index = 2; index < 8; index++)
        {
            if (!node[index].IsNil)
                CheckAddresses(node[index]);
        }
    }

    private static void CheckAddresses(ImapNode list)
    {
        var inGroup = false;
        foreach (var address in list.List)
        {
            Assert.Equal(4, address.List.Count);
            foreach (var part in address.List)
                CheckNString(part);
            if (address[3].IsNil)
            {
                Assert.True(address[0].IsNil && address[1].IsNil);
                Assert.Equal(inGroup, address[2].IsNil);
                inGroup = !inGroup;
            }
            else
            {
                Assert.False(address[2].IsNil);
            }
        }

        Assert.False(inGroup);
    }

    private static void CheckBody(ImapNode body, bool extended)
    {
        var fields = body.List;
        if (fields[0].Items is not null)
        {
            var bodies = fields.TakeWhile(f => f.Items is not null).ToList();
            foreach (var child in bodies)
                CheckBody(child, extended);
            _ = fields[bodies.Count].Text;
            CheckExtension(fields.Skip(bodies.Count + 1).ToList(), extended, CheckParameters);
            return;
        }

        _ = fields[0].Text;
        _ = fields[1].Text;
        CheckParameters(fields[2]);
        CheckNString(fields[3]);
        CheckNString(fields[4]);
        _ = fields[5].Text;
        Assert.NotNull(fields[6].Number);
        CheckExtension(fields.Skip(CheckTypeFields(fields, extended)).ToList(), extended, CheckNString);
    }

    private static int CheckTypeFields(IReadOnlyList<ImapNode> fields, bool extended)
    {
        if (fields[0].Text == "text")
        {
            Assert.NotNull(fields[7].Number);
            return 8;
        }

        if (fields[0].Text != "message" || fields[1].Text is not ("rfc822" or "global"))
            return 7;
        CheckEnvelope(fields[7]);
        CheckBody(fields[8], extended);
        Assert.NotNull(fields[9].Number);
        return 10;
    }

    private static void CheckExtension(IReadOnlyList<ImapNode> fields, bool extended, Action<ImapNode> checkFirst)
    {
        Assert.Equal(extended ? 4 : 0, fields.Count);
        if (!extended)
            return;
        checkFirst(fields[0]);
        if (!fields[1].IsNil)
        {
            Assert.Equal(2, fields[1].List.Count);
            _ = fields[1][0].Text;
            CheckParameters(fields[1][1]);
        }

        foreach (var language in fields[2].IsNil ? [] : fields[2].List)
            _ = language.Text;
        CheckNString(fields[3]);
    }

    private static void CheckParameters(ImapNode node)
    {
        if (node.IsNil)
            return;
        Assert.Equal(0, node.List.Count % 2);
        foreach (var item in node.List)
            _ = item.Text;
    }

    private static void CheckNString(ImapNode node) => Assert.True(node.IsNil || node.String is not null, $"no nstring: {node}");
}
