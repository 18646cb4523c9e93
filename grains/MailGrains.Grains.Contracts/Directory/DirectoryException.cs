using Orleans;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>A change of the directory was refused; the message is fit for the administrator.</summary>
[GenerateSerializer]
public sealed class DirectoryException(DirectoryError error, string message) : Exception(message)
{
    [Id(0)]
    public DirectoryError Error { get; } = error;
}
