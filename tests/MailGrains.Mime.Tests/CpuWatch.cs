namespace MailGrains.Mime.Tests;

/// <summary>Measures work instead of waiting, so that a busy machine changes nothing.</summary>
internal readonly struct CpuWatch
{
    private readonly TimeSpan _start;

    private CpuWatch(TimeSpan start) => _start = start;

    public TimeSpan Elapsed => Environment.CpuUsage.TotalTime - _start;

    public static CpuWatch StartNew() => new(Environment.CpuUsage.TotalTime);
}
