using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using MailGrains.Imap.Commands;
using MailGrains.Imap.Syntax;

namespace MailGrains.Imap;

/// <summary>Octets of one whole command → its record.</summary>
public static class ImapCommandParser
{
    internal delegate ImapCommand Arguments(ref ImapScanner scanner);

    private static readonly FrozenDictionary<string, Arguments> Verbs = new Dictionary<string, Arguments>
    {
        ["CAPABILITY"] = CapabilityCommand.Parse,
        ["NOOP"] = NoopCommand.Parse,
        ["LOGOUT"] = LogoutCommand.Parse,
        ["ID"] = IdCommand.Parse,
        ["STARTTLS"] = StartTlsCommand.Parse,
        ["AUTHENTICATE"] = AuthenticateCommand.Parse,
        ["LOGIN"] = LoginCommand.Parse,
        ["ENABLE"] = EnableCommand.Parse,
        ["SELECT"] = SelectCommand.Parse,
        ["EXAMINE"] = SelectCommand.ParseExamine,
        ["CREATE"] = CreateCommand.Parse,
        ["DELETE"] = DeleteCommand.Parse,
        ["RENAME"] = RenameCommand.Parse,
        ["SUBSCRIBE"] = SubscribeCommand.Parse,
        ["UNSUBSCRIBE"] = UnsubscribeCommand.Parse,
        ["LIST"] = ListCommand.Parse,
        ["LSUB"] = LsubCommand.Parse,
        ["NAMESPACE"] = NamespaceCommand.Parse,
        ["STATUS"] = StatusCommand.Parse,
        ["APPEND"] = AppendCommand.Parse,
        ["IDLE"] = IdleCommand.Parse,
        ["CHECK"] = CheckCommand.Parse,
        ["CLOSE"] = CloseCommand.Parse,
        ["UNSELECT"] = UnselectCommand.Parse,
        ["EXPUNGE"] = ExpungeCommand.Parse,
        ["SEARCH"] = SearchCommand.Parse,
        ["FETCH"] = FetchCommand.Parse,
        ["STORE"] = StoreCommand.Parse,
        ["COPY"] = CopyCommand.Parse,
        ["MOVE"] = MoveCommand.Parse,
        ["UID EXPUNGE"] = ExpungeCommand.ParseUid,
        ["UID SEARCH"] = SearchCommand.ParseUid,
        ["UID FETCH"] = FetchCommand.ParseUid,
        ["UID STORE"] = StoreCommand.ParseUid,
        ["UID COPY"] = CopyCommand.ParseUid,
        ["UID MOVE"] = MoveCommand.ParseUid,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Arguments>.AlternateLookup<ReadOnlySpan<char>> VerbsBySpan =
        Verbs.GetAlternateLookup<ReadOnlySpan<char>>();

    private const int MaxVerb = 24;

    /// <summary>
    /// Parses what <see cref="ImapCommandReader.Read"/> handed over as Command. Never throws for anything a client can send.
    /// Strings are copied: the buffer may be consumed afterwards.
    /// </summary>
    public static ImapParseResult Parse(in ReadOnlySequence<byte> command, ImapParseOptions options)
    {
        if (command.IsSingleSegment) return Parse(command.FirstSpan, options);
        var length = (int)command.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        command.CopyTo(rented);
        var result = Parse(rented.AsSpan(0, length), options);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return result;
    }

    /// <summary>command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF (RFC 9051 section 9)</summary>
    public static ImapParseResult Parse(ReadOnlySpan<byte> command, ImapParseOptions options)
    {
        if (command.EndsWith("\r\n"u8)) command = command[..^2];
        var prefix = CommandPrefix.Parse(command);
        if (prefix.Tag is null) return new ImapParseResult(null, null, ImapError.Bad("Invalid tag"));
        if (prefix.Verb.IsEmpty) return new ImapParseResult(prefix.Tag, null, ImapError.Bad("Command missing"));

        var scanner = new ImapScanner(command, options);
        scanner.Skip(prefix.ArgumentsAt - 1);
        var parsed = ParseArguments(ref scanner, prefix.Verb);
        scanner.End();
        return scanner.Error is { } error
            ? new ImapParseResult(prefix.Tag, null, error)
            : new ImapParseResult(prefix.Tag, parsed, null);
    }

    private static ImapCommand? ParseArguments(ref ImapScanner scanner, ReadOnlySpan<byte> verb)
    {
        Span<char> name = stackalloc char[MaxVerb];
        var length = 0;
        if (Ascii.EqualsIgnoreCase(verb, "UID"u8))
        {
            scanner.Space();
            verb = scanner.Atom();
            "UID ".CopyTo(name);
            length = 4;
            if (scanner.Failed) return null;
        }

        if (verb.Length + length <= MaxVerb)
        {
            length += Encoding.ASCII.GetChars(verb, name[length..]);
            if (VerbsBySpan.TryGetValue(name[..length], out var arguments)) return arguments(ref scanner);
        }

        return UnknownCommand.Parse(ref scanner);
    }
}
