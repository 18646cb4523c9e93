namespace MailGrains.Changelog.Differences;

/// <summary>What happened to a value.</summary>
public enum ChangeKind
{
    Add,
    Remove,
    Modify,
}
