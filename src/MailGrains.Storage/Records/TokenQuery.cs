namespace MailGrains.Storage.Records;

/// <summary>
/// Which tokens must occur in a content: a tree of terms with And and Or, immutable and always in its shortest form. What is too large can't be made, so
/// whoever walks a query may recurse.
/// </summary>
public sealed class TokenQuery
{
    public const int MaxTerms = 500;
    public const int MaxDepth = 32;

    private TokenQuery(TokenQueryKind kind, string token = "", TokenQuery[]? parts = null)
    {
        Kind = kind;
        Token = token;
        Parts = parts ?? [];
        Terms = kind is TokenQueryKind.Exact or TokenQueryKind.Prefix ? 1 : Parts.Sum(p => p.Terms);
        Depth = 1 + (Parts.Count == 0 ? 0 : Parts.Max(p => p.Depth));
        if (Terms > MaxTerms) throw new ArgumentException($"A query has at most {MaxTerms} terms.", nameof(parts));
        if (Depth > MaxDepth) throw new ArgumentException($"A query is at most {MaxDepth} deep.", nameof(parts));
    }

    public static TokenQuery All { get; } = new(TokenQueryKind.All);

    public static TokenQuery None { get; } = new(TokenQueryKind.None);

    public TokenQueryKind Kind { get; }

    /// <summary>Of a term: the token or its beginning.</summary>
    public string Token { get; }

    /// <summary>Of an And or Or.</summary>
    public IReadOnlyList<TokenQuery> Parts { get; }

    public int Terms { get; }

    public int Depth { get; }

    /// <summary>Contents with this token. What is no token occurs nowhere, whatever it is.</summary>
    public static TokenQuery Exact(string token) => TokenText.IsToken(token) ? new(TokenQueryKind.Exact, token) : None;

    /// <summary>Contents with a token that begins so. No token begins with what is none.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static TokenQuery Prefix(string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        return TokenText.IsToken(token) ? new(TokenQueryKind.Prefix, token) : None;
    }

    /// <summary>Contents that satisfy all parts; all contents when there are none.</summary>
    /// <exception cref="ArgumentException">Too many terms, or too deep.</exception>
    public static TokenQuery And(params IReadOnlyList<TokenQuery> parts) => Join(TokenQueryKind.And, parts, neutral: All, absorbing: None);

    /// <summary>Contents that satisfy one of the parts; no content when there are none.</summary>
    /// <exception cref="ArgumentException">Too many terms, or too deep.</exception>
    public static TokenQuery Or(params IReadOnlyList<TokenQuery> parts) => Join(TokenQueryKind.Or, parts, neutral: None, absorbing: All);

    public bool Matches(TokenSet tokens) => Kind switch
    {
        TokenQueryKind.All => true,
        TokenQueryKind.None => false,
        TokenQueryKind.Exact => tokens.Has(Token),
        TokenQueryKind.Prefix => tokens.HasPrefix(Token),
        TokenQueryKind.And => Parts.All(p => p.Matches(tokens)),
        _ => Parts.Any(p => p.Matches(tokens)),
    };

    /// <summary>For people; no language that anybody reads.</summary>
    public override string ToString() => Kind switch
    {
        TokenQueryKind.Exact => Token,
        TokenQueryKind.Prefix => Token + "*",
        TokenQueryKind.And or TokenQueryKind.Or => $"({string.Join(Kind == TokenQueryKind.And ? " AND " : " OR ", Parts)})",
        _ => Kind.ToString(),
    };

    private static TokenQuery Join(TokenQueryKind kind, IReadOnlyList<TokenQuery> parts, TokenQuery neutral, TokenQuery absorbing)
    {
        if (parts.Any(p => p.Kind == absorbing.Kind)) return absorbing;
        TokenQuery[] kept = [.. parts.Where(p => p.Kind != neutral.Kind).SelectMany(p => p.Kind == kind ? p.Parts : [p])];
        return kept.Length switch
        {
            0 => neutral,
            1 => kept[0],
            _ => new TokenQuery(kind, parts: kept),
        };
    }
}
