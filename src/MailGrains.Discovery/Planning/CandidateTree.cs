using System.Collections.Immutable;
using MailGrains.Discovery.Tokens;

namespace MailGrains.Discovery.Planning;

/// <summary>
/// A condition on the tokens of a document (<see cref="Documents.DiscoveryDocument.TokenText"/>) without negation, for an index to
/// answer. Whoever walks it may recurse, as a query is only so deep.
/// </summary>
public abstract record CandidateTree
{
    private protected CandidateTree()
    {
    }

    /// <summary>Whether a document with these tokens is among the candidates: what an index answers faster.</summary>
    /// <param name="tokenText">The tokens, separated by single spaces.</param>
    public abstract bool Admit(string tokenText);

    /// <summary>The tokens say nothing: all messages have to be looked at.</summary>
    public sealed record Everything : CandidateTree
    {
        public override bool Admit(string tokenText) => true;
    }

    /// <summary>The document has the token, or one that starts with it. It holds only what a token holds, so that it needs no escaping.</summary>
    public sealed record TokenTerm(string Token, bool IsPrefix) : CandidateTree
    {
        public override bool Admit(string tokenText) => new TokenPhrase(Token, IsPrefix).IsIn(tokenText);
    }

    /// <summary>All of at least two, none of which is an All or Everything.</summary>
    public sealed record All(ImmutableArray<CandidateTree> Parts) : CandidateTree
    {
        public override bool Admit(string tokenText) => Parts.All(p => p.Admit(tokenText));

        public bool Equals(All? other) => other is not null && Parts.SequenceEqual(other.Parts);

        public override int GetHashCode() => HashCode.Combine(nameof(All), Parts.Length);
    }

    /// <summary>Any of at least two, none of which is an Any or Everything.</summary>
    public sealed record Any(ImmutableArray<CandidateTree> Parts) : CandidateTree
    {
        public override bool Admit(string tokenText) => Parts.Any(p => p.Admit(tokenText));

        public bool Equals(Any? other) => other is not null && Parts.SequenceEqual(other.Parts);

        public override int GetHashCode() => HashCode.Combine(nameof(Any), Parts.Length);
    }
}
