namespace MailGrains.Changelog.Reading;

/// <summary>Properties whose values are made of parts, or that hold several values.</summary>
internal static class Structured
{
    // RFC 6350 sections 6.2.2 and 6.3.1; the names are those of RFC 6351.
    private static readonly string[] s_name = ["surname", "given", "additional", "prefix", "suffix"];
    private static readonly string[] s_address = ["pobox", "ext", "street", "locality", "region", "code", "country"];

    /// <summary>The parts of a value separated by ';', by their places.</summary>
    public static string[]? PartsOf(string property) => property switch
    {
        "n" => s_name,
        "adr" => s_address,
        _ => null,
    };

    /// <summary>Parts written as NAME=VALUE.</summary>
    public static bool IsRule(string property) => property is "rrule" or "exrule";

    /// <summary>What separates the values of a property that may hold several, or '\0'.</summary>
    public static char SeparatorOf(string property) => property switch
    {
        "categories" or "resources" or "exdate" or "rdate" or "nickname" => ',',
        "org" => ';',
        _ => '\0',
    };
}
