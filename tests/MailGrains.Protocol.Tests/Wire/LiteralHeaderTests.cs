using System.Text;
using MailGrains.Wire;
using Xunit;

namespace MailGrains.Protocol.Tests.Wire;

public sealed class LiteralHeaderTests
{
    [Theory]
    [InlineData("a LOGIN {5}", LiteralKind.Synchronizing, 5, false)]
    [InlineData("a LOGIN {5+}", LiteralKind.NonSynchronizing, 5, false)]
    [InlineData("a APPEND x ~{12}", LiteralKind.Synchronizing, 12, true)]
    [InlineData("a APPEND x ~{12+}", LiteralKind.NonSynchronizing, 12, true)]
    [InlineData("{0}", LiteralKind.Synchronizing, 0, false)]
    [InlineData("{2147483647}", LiteralKind.Synchronizing, int.MaxValue, false)]
    public void Header_at_the_end_of_the_line_announces_a_literal(string line, LiteralKind kind, int octets, bool literal8)
    {
        var header = LiteralHeader.Parse(Encoding.ASCII.GetBytes(line));
        Assert.Equal((kind, octets, literal8), (header.Kind, header.Octets, header.IsLiteral8));
        Assert.Equal('{', line[^header.Length..].TrimStart('~')[0]);
    }

    [Theory]
    [InlineData("{2147483648}")]
    [InlineData("{4294967296}")]
    [InlineData("{9999999999}")]
    [InlineData("{99999999999999999999999999}")]
    [InlineData("{-1}")]
    [InlineData("{}")]
    [InlineData("{ 5}")]
    [InlineData("{5")]
    [InlineData("5}")]
    [InlineData("{5} ")]
    [InlineData("")]
    public void Anything_else_announces_none(string line) =>
        Assert.Equal(LiteralKind.None, LiteralHeader.Parse(Encoding.ASCII.GetBytes(line)).Kind);

    [Theory]
    [InlineData("{2147483648+}")]
    [InlineData("{-1+}")]
    [InlineData("{+}")]
    [InlineData("{5++}")]
    [InlineData("{ 5+}")]
    public void Unusable_size_with_plus_is_malformed_because_a_payload_may_follow(string line) =>
        Assert.Equal(LiteralKind.Malformed, LiteralHeader.Parse(Encoding.ASCII.GetBytes(line)).Kind);
}
