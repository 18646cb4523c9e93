namespace MailGrains.Storage.Commit;

public readonly record struct SubscriptionWrite(string Path, bool Subscribed);
