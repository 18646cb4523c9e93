using System.Globalization;

namespace MailGrains.Cluster.Tests.Scale;

/// <summary>What a cluster has used up so far, all its processes together.</summary>
/// <param name="SiloMs">Processor time of the silos.</param>
/// <param name="DatabaseMs">Processor time of the database server.</param>
/// <param name="Calls">Grain calls.</param>
/// <param name="RoundTrips">Requests to the database that were waited for.</param>
/// <param name="Statements">Statements the database carried out, those of Orleans too.</param>
/// <param name="Wal">Octets of the write-ahead log.</param>
internal sealed record Costs(double SiloMs, double DatabaseMs, double Calls, double RoundTrips, double Statements, double Wal)
{
    /// <summary>What one of <paramref name="operations"/> cost since <paramref name="before"/>.</summary>
    public Costs Each(Costs before, double operations) => new(
        (SiloMs - before.SiloMs) / operations, (DatabaseMs - before.DatabaseMs) / operations, (Calls - before.Calls) / operations,
        (RoundTrips - before.RoundTrips) / operations, (Statements - before.Statements) / operations, (Wal - before.Wal) / operations);

    /// <summary>Without what <paramref name="other"/> has of each.</summary>
    public Costs Less(Costs other) => new(
        SiloMs - other.SiloMs, DatabaseMs - other.DatabaseMs, Calls - other.Calls, RoundTrips - other.RoundTrips, Statements - other.Statements, Wal - other.Wal);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{SiloMs:F2} ms of silos, {DatabaseMs:F2} ms of the database, {Calls:F2} calls, {RoundTrips:F2} round trips, "
        + $"{Statements:F1} statements, {Wal / 1024:F1} KB of log");
}
