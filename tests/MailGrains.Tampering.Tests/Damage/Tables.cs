namespace MailGrains.Tampering.Tests.Damage;

/// <summary>
/// Every table of the product and every column, as far as it is not changed by one of the tests. What stands here is of no consequence to evidence, and
/// docs/evidence.md says so.
/// </summary>
internal static class Tables
{
    /// <summary>Kinds of change. Each table that is not left out has all of them, but for <see cref="Senseless"/>.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["update", "delete", "insert", "swap", "truncate"];

    /// <summary>Names of tables, or their beginnings. Those of other files than the mail's have the file's name before them.</summary>
    public static readonly IReadOnlyList<string> LeftOut =
    [
        "account", "account_act", "address", "mail_group", "group_member", "role_holder", "domain", "directory_log", "directory_act",
        "expunge", "operation", "email_extra", "subscriber", "dead_letter", "log_clock", "writer", "retired_pack", "records.db/*", "record_*", "index.db/*",
        "content*", "grains.db/*", "orleans*", "SchemaVersions", "migrations_applied", "orleans_applied",
    ];

    /// <summary>Columns of tables that are not left out.</summary>
    public static readonly IReadOnlyList<(string Table, string Column)> Idle =
    [
        ("mailbox", "epoch"), ("mailbox", "last_email"), ("mailbox", "last_folder"), ("mailbox", "last_uidvalidity"),
        ("folder", "recent_from"), ("folder", "expunges_forgotten"),
        ("body", "emails"), ("body", "unused_since"), ("body", "touched"),
    ];

    /// <summary>Columns that only tell what other columns tell too, and which nothing is read by.</summary>
    public static readonly IReadOnlyList<(string Table, string Column)> Copied =
    [
        // The number of the page is in the page; a body in the database is found by its own number.
        ("page", "number"), ("body", "pack_offset"), ("body", "stored_length"), ("body", "no"),
    ];

    /// <summary>Kinds of change that can't be made, or mean nothing.</summary>
    public static readonly IReadOnlyList<(string Table, string Kind)> Senseless =
    [
        // There is one row that counts.
        ("meta", "swap"),

        // In the tests one partition is shortened; each is by itself.
        ("log_start", "swap"), ("log_start", "truncate"),

        // Nobody can refer to a content that there wasn't before without a page that does.
        ("email", "insert"),

        // A path is all that such a row has.
        ("subscription", "swap"),
    ];
}
