namespace MailGrains.Storage.Accounts;

/// <summary>One member of the event an act becomes: text, or a number where there is no text.</summary>
public readonly record struct ActDetail(string Name, string? Text, long Number = 0);
