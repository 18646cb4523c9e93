using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>An event whose payload could not be read.</summary>
public sealed record UnreadEvent(AccountId Account, RecordedAct Act, string Error);
