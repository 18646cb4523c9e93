using MailGrains.Verify.Events;
using MailGrains.Verify.Files;

namespace MailGrains.Verify.Bodies;

/// <summary>Whether the bodies that events name are there, or are listed as collected.</summary>
internal sealed class NamedBodies(ExportFolder folder, HashSet<Digest> collected, Report report)
{
    /// <summary>For the events of a partition: whether what is listed as collected may be missing.</summary>
    public CollectedMessages Follow(int partition) => new(partition, collected, report);

    public void Expect(int partition, EventRow row, Digest body)
    {
        if (!folder.Has(ExportFolder.BodyFile(body)) && !collected.Contains(body))
            report.Problem(partition, row, $"the body {body} is missing, and not in collected.txt");
    }
}
