namespace MailGrains.Subscribers.JsonLines;

/// <summary>
/// Keys: <c>Path</c> (a folder, made when it isn't there), <c>RotateBytes</c> (100 MB), <c>KeepFiles</c> (rotated ones of a partition; 10),
/// <c>Structure</c> (on or off).
/// </summary>
internal sealed class JsonLinesFactory : IEventHandlerFactory
{
    public IEventHandler Create(SubscriberSection section) => new JsonLinesHandler(
        section.Name,
        new JsonLinesOptions(section.Required("Path"))
        {
            RotateBytes = section.Number("RotateBytes", 100_000_000, 1, long.MaxValue),
            KeepFiles = (int)section.Number("KeepFiles", 10, 1, int.MaxValue),
            HasStructure = section.HasStructure(),
        },
        section.Types());
}
