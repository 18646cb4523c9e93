using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Messages;

/// <param name="Uids">UID EXPUNGE's set; null for all that are \Deleted.</param>
[GenerateSerializer, Immutable]
public sealed record ExpungeRequest([property: Id(0)] NumberSet? Uids = null);
