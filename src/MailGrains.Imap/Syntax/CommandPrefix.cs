using System.Text;

namespace MailGrains.Imap.Syntax;

/// <summary>The beginning of a command: its tag and its verb.</summary>
internal readonly ref struct CommandPrefix
{
    /// <summary>Longer tags are unusable; real clients stay below 32 octets.</summary>
    public const int MaxTag = 128;

    private CommandPrefix(string? tag, ReadOnlySpan<byte> verb, int argumentsAt)
    {
        Tag = tag;
        Verb = verb;
        ArgumentsAt = argumentsAt;
    }

    /// <summary>Null when there is none that may be echoed: the answer is <c>* BAD</c>.</summary>
    public string? Tag { get; }

    public ReadOnlySpan<byte> Verb { get; }

    /// <summary>The offset behind the verb and one space.</summary>
    public int ArgumentsAt { get; }

    public bool VerbIs(ReadOnlySpan<byte> verb) => Ascii.EqualsIgnoreCase(Verb, verb);

    /// <summary>command = tag SP verb …; tag = 1*&lt;any ASTRING-CHAR except "+"&gt; (RFC 9051 section 9)</summary>
    public static CommandPrefix Parse(ReadOnlySpan<byte> command)
    {
        var length = 0;
        while (length < command.Length && length <= MaxTag && ImapChars.IsTag(command[length])) length++;
        if (length is 0 or > MaxTag || (length < command.Length && command[length] is not ((byte)' ' or (byte)'\r'))) return default;

        var tag = Encoding.ASCII.GetString(command[..length]);
        if (length == command.Length || command[length] != ' ') return new CommandPrefix(tag, default, length);
        var end = ++length;
        while (end < command.Length && ImapChars.IsAtom(command[end])) end++;
        return new CommandPrefix(tag, command[length..end], end + 1);
    }
}
