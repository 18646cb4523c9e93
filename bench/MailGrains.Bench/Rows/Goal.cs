using System.Globalization;

namespace MailGrains.Bench.Rows;

/// <summary>What a row must reach: a bound on MailGrains ÷ Dovecot, or on the figure of MailGrains alone.</summary>
/// <param name="Bound">The limit; null when the row is reported only.</param>
/// <param name="AtLeast">True when the value must not be below the bound, false when it must not be above.</param>
/// <param name="Absolute">True when the bound is on the figure itself.</param>
internal sealed record Goal(double? Bound, bool AtLeast, bool Absolute)
{
    public static readonly Goal None = new(null, false, false);

    public static Goal RatioAtLeast(double bound) => new(bound, true, false);

    public static Goal RatioAtMost(double bound) => new(bound, false, false);

    public static Goal ValueAtMost(double bound) => new(bound, false, true);

    /// <summary>Null when there is no bound or nothing to hold against it.</summary>
    public bool? IsMet(double? mailGrains, double? dovecot)
    {
        var value = Absolute ? mailGrains : mailGrains / dovecot;
        return Bound is not { } bound || value is not { } known ? null : AtLeast ? known >= bound : known <= bound;
    }

    public override string ToString() => Bound is not { } bound
        ? "–"
        : (AtLeast ? "≥ " : "≤ ") + bound.ToString("0.###", CultureInfo.InvariantCulture) + (Absolute ? "" : "×");
}
