using System.Net;

namespace MailGrains.Outputs.Http;

/// <summary>An answer, read to its end or as far as was wanted.</summary>
/// <param name="RetryAfter">How long the server wants to be left alone.</param>
internal sealed record HttpReply(HttpStatusCode Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
