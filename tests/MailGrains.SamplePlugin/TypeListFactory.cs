using MailGrains.Subscribers;

namespace MailGrains.SamplePlugin;

/// <summary>Makes handlers that list the types of events in a file. Key: <c>Path</c>.</summary>
public sealed class TypeListFactory : IEventHandlerFactory
{
    public IEventHandler Create(SubscriberSection section) => new TypeList(section.Name, section.Required("Path"), section.Types());
}
