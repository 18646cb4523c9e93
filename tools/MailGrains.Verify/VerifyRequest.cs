namespace MailGrains.Verify;

/// <summary>What is asked on the command line, as text.</summary>
/// <param name="Keys">Public keys; without one the export's own is taken.</param>
/// <param name="Checkpoints">Files of checkpoints kept elsewhere.</param>
/// <param name="ReceiptFiles">Files of receipts, one a line.</param>
internal sealed record VerifyRequest(
    string Folder, IReadOnlyList<string> Keys, IReadOnlyList<string> Checkpoints, IReadOnlyList<string> Receipts, IReadOnlyList<string> ReceiptFiles);
