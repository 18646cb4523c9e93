namespace MailGrains.Subscribers;

/// <summary>Makes handlers of one kind. A handler from an assembly of its own (<c>Kind=plugin</c>) has one, with a constructor without arguments.</summary>
public interface IEventHandlerFactory
{
    /// <summary>
    /// Makes a handler of its configuration: the section's name is the handler's name. What it asks the section for is a key it knows; other keys are refused
    /// afterwards. Called while the server starts, so nothing is connected to yet.
    /// </summary>
    /// <exception cref="FormatException">A value is wrong; the message is one line that names the key. Secrets are not in it.</exception>
    IEventHandler Create(SubscriberSection section);
}
