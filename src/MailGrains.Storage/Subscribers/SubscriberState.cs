namespace MailGrains.Storage.Subscribers;

/// <summary>Whether events are handed to a subscriber. The numbers are kept in databases.</summary>
public enum SubscriberState
{
    Running = 0,
    Paused = 1,
}
