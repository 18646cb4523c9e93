namespace MailGrains.Imap;

/// <summary>What a client may send; in octets. Checked before a continuation request is given and before anything is parsed.</summary>
public sealed record ImapLimits
{
    /// <summary>The largest literal of LITERAL- (RFC 7888 section 5).</summary>
    public const int LiteralMinus = 4096;

    /// <summary>All of a command but its literals.</summary>
    public int MaxLine { get; init; } = 64 * 1024;

    /// <summary>One literal of an ordinary command.</summary>
    public int MaxLiteral { get; init; } = 1024 * 1024;

    /// <summary>All literals of an ordinary command together.</summary>
    public int MaxLiteralTotal { get; init; } = 1024 * 1024;

    /// <summary>One non-synchronizing literal, APPEND included: <see cref="LiteralMinus"/>, or more where LITERAL+ is advertised.</summary>
    public int MaxNonSynchronizingLiteral { get; init; } = LiteralMinus;

    /// <summary>One message of APPEND; 0 where APPEND is not allowed and is read like any other command.</summary>
    public int MaxAppend { get; init; }

    /// <summary>All messages of one APPEND (RFC 3502) together.</summary>
    public long MaxAppendTotal { get; init; }

    /// <summary>How many messages one APPEND may hold: what is known of each is kept until the command ends.</summary>
    public int MaxAppendMessages { get; init; } = 1000;

    /// <summary>LITERAL-, small literals: nobody has shown who they are.</summary>
    public static readonly ImapLimits BeforeLogin = new() { MaxLine = 16 * 1024, MaxLiteral = 4096, MaxLiteralTotal = 16 * 1024 };

    /// <summary>LITERAL+ up to <paramref name="appendLimit"/>, which is also advertised as APPENDLIMIT (RFC 7889).</summary>
    public static ImapLimits AfterLogin(int appendLimit) => new()
    {
        MaxAppend = appendLimit,
        MaxAppendTotal = 4L * appendLimit,
        MaxNonSynchronizingLiteral = appendLimit,
    };
}
