using MailGrains.Verify.Events;

namespace MailGrains.Verify.Bodies;

/// <summary>A message that came, with the event it came by; its copies are the same.</summary>
internal sealed record FollowedMessage(EventRow Arrival, Digest Body);
