using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>A range of UIDs and the first of those its messages have in the other folder, which run on in the same way.</summary>
public readonly record struct TransferredRun(UidRange Old, uint First);
