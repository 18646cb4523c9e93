using MailGrains.Storage.Subscribers;

namespace MailGrains.Subscribers.Delivery;

/// <summary>Keeps a subscriber from being ahead of what its handler has done.</summary>
internal static class PlacedHandlers
{
    /// <summary>Where the subscriber is: brought back, and durably, when it was moved ahead.</summary>
    public static async Task<SubscriberPosition> BringBackAsync(
        this IPlacedHandler handler, ISubscriberStore store, SubscriberPosition place, CancellationToken stop)
    {
        var reached = await handler.FindPlaceAsync(place.Partition, stop);
        if (reached >= place.Position) return place;
        await store.MoveSubscriberAsync(place.Subscriber, place.Partition, reached, stop);
        return place with { Position = reached };
    }
}
