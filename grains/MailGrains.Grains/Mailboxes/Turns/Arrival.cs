using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>A message that has just been put into a folder.</summary>
internal readonly record struct Arrival(NewEntry Entry, BlobId Blob, string? MessageId);
