using System.Collections.Immutable;
using MailGrains.Discovery.Tokens;

namespace MailGrains.Discovery.Queries;

/// <summary>
/// A part of a query. Only <see cref="Query"/> makes them, and keeps a tree within its limits, so that walking one may recurse.
/// Nodes are equal when they ask the same in the same order.
/// </summary>
public abstract record QueryNode
{
    private protected QueryNode()
    {
    }

    /// <summary>Every message.</summary>
    public sealed record Everything : QueryNode;

    /// <summary>All of at least two, none of which is an And.</summary>
    public sealed record And(ImmutableArray<QueryNode> Nodes) : QueryNode
    {
        public bool Equals(And? other) => other is not null && Nodes.SequenceEqual(other.Nodes);

        public override int GetHashCode() => HashCode.Combine(nameof(And), Nodes.Length);
    }

    /// <summary>Any of at least two, none of which is an Or.</summary>
    public sealed record Or(ImmutableArray<QueryNode> Nodes) : QueryNode
    {
        public bool Equals(Or? other) => other is not null && Nodes.SequenceEqual(other.Nodes);

        public override int GetHashCode() => HashCode.Combine(nameof(Or), Nodes.Length);
    }

    /// <summary>Not a node that is no Not.</summary>
    public sealed record Not(QueryNode Node) : QueryNode;

    /// <summary>Words that follow each other within one segment of the field: an address, a file name, a part.</summary>
    /// <param name="Field">A field of text.</param>
    /// <param name="Written">As the query has it, without quoting; it makes a phrase.</param>
    public sealed record Words(QueryField Field, string Written) : QueryNode
    {
        public TokenPhrase Phrase { get; } = TokenPhrase.Of(Written) ?? throw new ArgumentException("There is no word in it.", nameof(Written));
    }

    /// <summary>Words and phrases within one segment, so that at most <paramref name="Distance"/> tokens are between the first and the last.</summary>
    public sealed record Near(QueryField Field, int Distance, ImmutableArray<string> Written) : QueryNode
    {
        public ImmutableArray<TokenPhrase> Phrases { get; } =
            [.. Written.Select(w => TokenPhrase.Of(w) ?? throw new ArgumentException("There is no word in it.", nameof(Written)))];

        public bool Equals(Near? other) =>
            other is not null && Field == other.Field && Distance == other.Distance && Written.SequenceEqual(other.Written);

        public override int GetHashCode() => HashCode.Combine(Field, Distance, Written.Length);
    }

    /// <summary>A value of the field as a whole, case aside; a star stands for any text. With an @ only addresses are asked, not names.</summary>
    public sealed record Like(QueryField Field, string Pattern) : QueryNode;

    /// <summary>Sent or received in a stretch of time, in seconds since 1970 UTC: from <paramref name="From"/> to before <paramref name="Before"/>.</summary>
    public sealed record Time(QueryField Field, long? From, long? Before) : QueryNode;

    /// <summary>From so many octets to so many, both included.</summary>
    public sealed record Size(long Least, long Most) : QueryNode;

    /// <summary>HasAttachment or Partial.</summary>
    public sealed record Is(QueryField Field, bool Value) : QueryNode;
}
