namespace MailGrains.Frontends.Http.Cases;

/// <summary>What officers may do; roles of the directory. The admin token has none of them.</summary>
internal static class CaseRoles
{
    /// <summary>Opens and closes cases, chooses custodians, applies and releases holds.</summary>
    public const string Custodians = "case-custodians";

    /// <summary>Searches, looks at messages, tags them.</summary>
    public const string Search = "case-search";

    public const string Export = "case-export";

    /// <summary>Reads what was done in cases.</summary>
    public const string Audit = "case-audit";

    public static readonly IReadOnlyList<string> All = [Custodians, Search, Export, Audit];
}
