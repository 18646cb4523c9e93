namespace MailGrains.Storage.Records;

/// <summary>What a node of a <see cref="TokenQuery"/> is.</summary>
public enum TokenQueryKind
{
    /// <summary>Every content, also one without tokens. Only as the whole query.</summary>
    All,

    /// <summary>No content. Only as the whole query.</summary>
    None,

    /// <summary>A token occurs.</summary>
    Exact,

    /// <summary>A token that begins so occurs.</summary>
    Prefix,

    /// <summary>All of two or more parts, none of which is an And.</summary>
    And,

    /// <summary>One of two or more parts, none of which is an Or.</summary>
    Or,
}
