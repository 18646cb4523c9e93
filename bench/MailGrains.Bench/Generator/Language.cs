namespace MailGrains.Bench.Generator;

/// <summary>The made-up languages that messages are written in; each exercises another range of characters.</summary>
public enum Language
{
    /// <summary>ASCII letters alone.</summary>
    Ascii,

    /// <summary>Letters of ISO 8859-1.</summary>
    Western,

    /// <summary>Cyrillic: two bytes a letter in UTF-8.</summary>
    Cyrillic,

    /// <summary>Kana and some Han characters: three bytes a letter in UTF-8, no spaces in between.</summary>
    Japanese,
}
