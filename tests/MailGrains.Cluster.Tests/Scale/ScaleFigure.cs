using System.Globalization;

namespace MailGrains.Cluster.Tests.Scale;

/// <summary>What clients of one cluster got done.</summary>
/// <param name="Silos">The cluster's size.</param>
/// <param name="Rate">Operations a second.</param>
/// <param name="Ratio">To the rate of the smallest cluster in the same round.</param>
/// <param name="Each">What one operation cost.</param>
internal sealed record ScaleFigure(int Silos, double Rate, double Ratio, Costs Each)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Silos} silos {Rate,6:F0}/s ({Ratio:F2}×): {Each}");
}
