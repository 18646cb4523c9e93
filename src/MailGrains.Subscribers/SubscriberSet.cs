using System.Collections;

namespace MailGrains.Subscribers;

/// <summary>The subscribers of this process, by name.</summary>
/// <exception cref="ArgumentException">Two have the same name.</exception>
public sealed class SubscriberSet(IEnumerable<Subscriber> subscribers) : IReadOnlyCollection<Subscriber>
{
    private readonly Dictionary<string, Subscriber> _byName = subscribers.ToDictionary(s => s.Name, StringComparer.Ordinal);

    public int Count => _byName.Count;

    public Subscriber? Find(string name) => _byName.GetValueOrDefault(name);

    public IEnumerator<Subscriber> GetEnumerator() => _byName.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
