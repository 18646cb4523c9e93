using System.Security.Cryptography;
using System.Text;
using MailGrains.Verify.Files;

namespace MailGrains.Verify.Bodies;

/// <summary>Every file of the bodies: its octets' SHA-256 is its name.</summary>
internal static class BodyFiles
{
    public static void Check(ExportFolder folder, Report report, CancellationToken cancellation)
    {
        foreach (var prefix in folder.Names("bodies"))
            foreach (var name in folder.Names($"bodies/{prefix}"))
            {
                cancellation.ThrowIfCancellationRequested();
                CheckFile(folder, prefix, name, report);
            }
    }

    private static void CheckFile(ExportFolder folder, string prefix, string name, Report report)
    {
        var file = $"bodies/{prefix}/{name}";
        if (Digest.TryParse(Encoding.UTF8.GetBytes(name)) is not { } expected || ExportFolder.BodyFile(expected) != file)
        {
            report.Problem(Printable.Of(file), "its name is no SHA-256, or it is in the wrong folder");
            return;
        }

        report.Bodies++;
        try
        {
            using var stream = folder.Open(file);
            Span<byte> hash = stackalloc byte[Digest.Length];
            SHA256.HashData(stream, hash);
            var found = Digest.Read(hash);
            if (found != expected) report.Problem(file, $"its octets have the SHA-256 {found}: the body was changed");
        }
        catch (Exception failure) when (ExportFolder.IsUnreadable(failure))
        {
            report.Problem(file, $"it can't be read ({Printable.Of(failure.Message)})");
        }
    }
}
