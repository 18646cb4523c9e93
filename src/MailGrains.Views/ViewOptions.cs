namespace MailGrains.Views;

/// <summary>What views say that is not in the event.</summary>
/// <param name="ServerName">The server in URLs: a host name.</param>
public sealed record ViewOptions(string ServerName)
{
    /// <summary>What indexes of events begin with.</summary>
    public string LogIndex { get; init; } = "logstash";

    /// <summary>What indexes of folders and users begin with.</summary>
    public string ObjectIndex { get; init; } = "objects";
}
