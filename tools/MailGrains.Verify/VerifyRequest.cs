namespace MailGrains.Verify;

/// <summary>What is asked on the command line, as text.</summary>
/// <param name="Keys">Public keys; without one the export's own is taken.</param>
/// <param name="Checkpoints">Files of checkpoints or heads kept elsewhere.</param>
/// <param name="ReceiptFiles">Files of receipts, one a line.</param>
/// <param name="Authorities">Files of certificates of time stamp authorities.</param>
/// <param name="AcceptedBreaks">Numbers of heads whose break is known to be right.</param>
internal sealed record VerifyRequest(
    string Folder,
    IReadOnlyList<string> Keys,
    IReadOnlyList<string> Checkpoints,
    IReadOnlyList<string> Receipts,
    IReadOnlyList<string> ReceiptFiles,
    IReadOnlyList<string> Authorities,
    IReadOnlyList<long> AcceptedBreaks);
