using MailGrains.Storage.Events;
using MailGrains.Storage.Subscribers;

namespace MailGrains.TestKit.Contracts;

/// <summary>An open engine under test: what removes events, and who is to have them before.</summary>
public sealed record EventRetentionHarness(StoreHarness Store, IEventRetention Retention, ISubscriberStore Subscribers);
