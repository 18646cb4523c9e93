using Orleans;

namespace MailGrains.Storage.Tests.GrainState;

[GenerateSerializer]
public sealed class Note
{
    [Id(0)]
    public string Text { get; set; } = "";
}
