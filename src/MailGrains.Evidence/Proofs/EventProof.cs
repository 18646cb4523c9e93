using System.Globalization;
using System.Text;
using MailGrains.Evidence.Export;
using MailGrains.Evidence.Merkle;
using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Signing;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Evidence.Proofs;

/// <summary>That an event is in the log, for somebody who has nothing else: format 1 of docs/evidence.md.</summary>
/// <param name="Path">From the event's leaf up to the root of the checkpoint.</param>
/// <param name="Since">The tree that was signed earlier and is the beginning of the checkpoint's, or null.</param>
/// <param name="Consistency">That it is.</param>
/// <param name="Checkpoint">What the path leads to.</param>
public sealed record EventProof(
    Receipt Receipt, EventRecord Event, IReadOnlyList<TreeHash> Path, TreeHead? Since, IReadOnlyList<TreeHash> Consistency, SignedNote Checkpoint)
{
    /// <summary>
    /// proof = about LF tlog-proof; about = name LF "receipt" … LF "event" … LF "leaf" … LF ["since" size root LF *(hash LF)]. What is behind the empty line is
    /// a proof of C2SP tlog-proof.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder("mailgrains/event-proof@v1\n");
        text.Append(CultureInfo.InvariantCulture, $"receipt {Receipt}\nevent {Encoding.UTF8.GetString(ExportFolder.Line(Event))}");
        text.Append(CultureInfo.InvariantCulture, $"leaf {Base64(TreeHash.Leaf(Event.Event.Hash))}\n");
        if (Since is { } since) text.Append(CultureInfo.InvariantCulture, $"since {since.Size} {Base64(since.Root)}\n");
        foreach (var hash in Consistency) text.Append(Base64(hash)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"\nc2sp.org/tlog-proof@v1\nindex {Event.Position - 1}\n");
        foreach (var hash in Path) text.Append(Base64(hash)).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }

    private static string Base64(TreeHash hash) => Convert.ToBase64String(hash.ToArray());
}
