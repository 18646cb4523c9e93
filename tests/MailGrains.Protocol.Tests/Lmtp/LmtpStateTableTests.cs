using MailGrains.Lmtp;
using Xunit;

namespace MailGrains.Protocol.Tests.Lmtp;

public sealed class LmtpStateTableTests
{
    [Theory]
    [InlineData(LmtpState.Fresh, "Lhlo Rset Noop Quit Vrfy Help")]
    [InlineData(LmtpState.Ready, "Lhlo Mail Rset Noop Quit Vrfy Help StartTls")]
    [InlineData(LmtpState.Sender, "Lhlo Rcpt Rset Noop Quit Vrfy Help")]
    [InlineData(LmtpState.Recipients, "Lhlo Rcpt Data Bdat Rset Noop Quit Vrfy Help")]
    [InlineData(LmtpState.Chunks, "Lhlo Bdat Rset Noop Quit Vrfy Help")]
    public void Allows_exactly(LmtpState state, string verbs)
    {
        var allowed = Enum.GetValues<LmtpVerb>().Where(verb => LmtpStateTable.Refusal(state, verb) is null);
        Assert.Equal(verbs.Split(' '), allowed.Select(verb => verb.ToString()));
    }

    [Fact]
    public void Everything_else_is_a_bad_sequence()
    {
        var refusals =
            from state in Enum.GetValues<LmtpState>()
            from verb in Enum.GetValues<LmtpVerb>()
            let refusal = LmtpStateTable.Refusal(state, verb)
            where refusal is not null
            select refusal.Code;
        Assert.All(refusals, code => Assert.Equal(503, code));
    }
}
