namespace MailGrains.Storage.Records;

/// <summary>Where a retention keeps what it knows of the clock.</summary>
public interface IClockStore
{
    /// <summary>What retention knew of the clock; null: it never looked.</summary>
    Task<ClockState?> ReadClockAsync(CancellationToken cancellation);

    Task WriteClockAsync(ClockState state, CancellationToken cancellation);
}
