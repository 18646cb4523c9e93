using System.Collections.Immutable;

namespace MailGrains.Imap;

/// <summary>One message of APPEND, known before its octets are read.</summary>
/// <param name="Flags">The flags as written; never \Recent.</param>
/// <param name="InternalDate">The date-time given, or null.</param>
/// <param name="Octets">How many octets follow.</param>
/// <param name="Binary">True for literal8 (RFC 3516): the octets may hold NUL.</param>
/// <param name="Utf8">True for <c>UTF8 (~{n}</c> (RFC 6855 section 4).</param>
/// <param name="NeedsContinuation">
/// The literal is synchronizing: the octets come after <c>+ OK</c>, or, after a tagged NO, not at all.
/// </param>
public sealed record AppendMessage(
    ImmutableArray<string> Flags,
    DateTimeOffset? InternalDate,
    int Octets,
    bool Binary,
    bool Utf8,
    bool NeedsContinuation);
