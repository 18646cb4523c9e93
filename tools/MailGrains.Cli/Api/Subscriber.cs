namespace MailGrains.Cli.Api;

internal sealed record Subscriber(
    string Name, int Partition, long Position, long Head, bool Started, bool Paused, double LagSeconds, int? HandledPerMinute, long? Failures, string? Trouble)
{
    public string State()
    {
        var state = (Paused, Started) switch
        {
            (true, _) => "paused",
            (_, false) => "not started",
            _ => "running",
        };
        return Trouble is null ? state : $"{(Started ? "waits" : state)}: {Trouble}";
    }
}
