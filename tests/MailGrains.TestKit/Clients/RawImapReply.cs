namespace MailGrains.TestKit.Clients;

/// <summary>What one command brought: its tagged response without the tag, and everything untagged before it.</summary>
internal sealed record RawImapReply(string Tagged, IReadOnlyList<RawImapLine> Untagged)
{
    public bool IsOk => Tagged.StartsWith("OK", StringComparison.Ordinal);

    /// <summary>The words of a response code, such as <c>APPENDUID 1 5</c>; empty when it is not there.</summary>
    public string[] Code(string name)
    {
        foreach (var text in Untagged.Select(u => u.Text).Append(Tagged))
        {
            var start = text.IndexOf("[" + name + " ", StringComparison.Ordinal);
            if (start >= 0) return text[(start + 1)..text.IndexOf(']', start)].Split(' ')[1..];
        }

        return [];
    }

    public RawImapReply Ok() => IsOk ? this : throw new RefusedException(Tagged);
}
