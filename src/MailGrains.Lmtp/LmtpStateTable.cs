namespace MailGrains.Lmtp;

/// <summary>Which command is legal in which state (RFC 5321 section 4.1.4, RFC 3030 section 2, RFC 3207 section 4).</summary>
public static class LmtpStateTable
{
    private static readonly LmtpReply s_lhloFirst = new(503, "5.5.1", "Say LHLO first");
    private static readonly LmtpReply s_mailFirst = new(503, "5.5.1", "Need MAIL first");
    private static readonly LmtpReply s_rcptFirst = new(503, "5.5.1", "No valid recipients");
    private static readonly LmtpReply s_inTransaction = new(503, "5.5.1", "A transaction is under way");
    private static readonly LmtpReply s_inChunks = new(503, "5.5.1", "Chunks are under way: BDAT or RSET");

    /// <returns>Null when the command may run, else the reply that refuses it.</returns>
    public static LmtpReply? Refusal(LmtpState state, LmtpVerb verb) => (state, verb) switch
    {
        (_, LmtpVerb.Lhlo or LmtpVerb.Rset or LmtpVerb.Noop or LmtpVerb.Quit or LmtpVerb.Vrfy or LmtpVerb.Help) => null,

        (LmtpState.Fresh, _) => s_lhloFirst,
        (LmtpState.Ready, LmtpVerb.Mail or LmtpVerb.StartTls) => null,
        (LmtpState.Ready, _) => s_mailFirst,
        (LmtpState.Sender, LmtpVerb.Rcpt) => null,
        (LmtpState.Sender, LmtpVerb.Data or LmtpVerb.Bdat) => s_rcptFirst,
        (LmtpState.Recipients, LmtpVerb.Rcpt or LmtpVerb.Data or LmtpVerb.Bdat) => null,
        (LmtpState.Chunks, LmtpVerb.Bdat) => null,
        (LmtpState.Chunks, _) => s_inChunks,
        _ => s_inTransaction,
    };
}
