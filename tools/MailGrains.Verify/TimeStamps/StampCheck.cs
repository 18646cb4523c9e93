using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailGrains.Verify.Files;

namespace MailGrains.Verify.TimeStamps;

/// <summary>The time stamps beside the heads, when there are certificates to check them with.</summary>
internal sealed class StampCheck
{
    private const int Limit = 128 * 1024;

    private readonly X509Certificate2Collection _trusted = [];
    private readonly ExportFolder _folder;
    private readonly Report _report;
    private long _unchecked;
    private long _good;
    private (long Head, DateTimeOffset Time) _last;

    private StampCheck(ExportFolder folder, Report report) => (_folder, _report) = (folder, report);

    /// <summary>For a line of the summary.</summary>
    public string Summary => _unchecked > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{_unchecked} time stamps, not checked without --tsa-cert")
        : _good == 0
            ? "no time stamps"
            : string.Create(
                CultureInfo.InvariantCulture, $"{_good} good time stamps, the last on head {_last.Head} says {_last.Time:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    /// <exception cref="UnreadableException">A file of certificates can't be read.</exception>
    public static StampCheck Of(IReadOnlyList<string> certificates, ExportFolder folder, Report report)
    {
        var check = new StampCheck(folder, report);
        foreach (var file in certificates)
        {
            try
            {
                check._trusted.ImportFromPemFile(file);
            }
            catch (Exception failure) when (ExportFolder.IsUnreadable(failure) || failure is CryptographicException)
            {
                throw new UnreadableException($"{file} can't be read ({failure.Message}).");
            }
        }

        if (certificates.Count > 0 && check._trusted.Count == 0) throw new UnreadableException("There is no certificate in the files of --tsa-cert.");
        return check;
    }

    public void Check(long number, byte[] head)
    {
        var file = string.Create(CultureInfo.InvariantCulture, $"heads/{number}.tst");
        if (!_folder.Has(file)) return;
        if (_trusted.Count == 0)
        {
            _unchecked++;
            return;
        }

        string? wrong;
        try
        {
            (var time, wrong) = _folder.ReadSmall(file, Limit) is { } token ? StampToken.Verify(token, head, _trusted) : (null, "it is too long");
            if (time is { } at)
            {
                _good++;
                _last = (number, at.ToUniversalTime());
                return;
            }
        }
        catch (Exception failure) when (ExportFolder.IsUnreadable(failure))
        {
            wrong = $"it can't be read ({Printable.Of(failure.Message)})";
        }

        _report.Problem(file, wrong!);
    }
}
