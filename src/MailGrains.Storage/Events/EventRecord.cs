using MailGrains.Model;

namespace MailGrains.Storage.Events;

/// <summary>An event in the log.</summary>
/// <param name="Position">Gapless per partition, from 1, in commit order.</param>
public sealed record EventRecord(int Partition, long Position, AccountId Account, EventWrite Event);
