namespace MailGrains.Discovery.Queries;

/// <summary>What values a field takes.</summary>
internal enum FieldKind
{
    /// <summary>Words and phrases; a star at the end only.</summary>
    Words,

    /// <summary>Words and phrases, or a pattern with stars for the whole value; with an @ always the whole address.</summary>
    Addresses,

    /// <summary>Words and phrases, or a pattern with stars for the whole value.</summary>
    Names,

    /// <summary>The whole value, or a pattern for it.</summary>
    Whole,
    Date,
    Size,
    YesOrNo,
}
