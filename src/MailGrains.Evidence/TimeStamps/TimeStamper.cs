using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace MailGrains.Evidence.TimeStamps;

/// <summary>Asks an authority for time stamps (RFC 3161, over HTTP as section 3.4 has it).</summary>
/// <param name="http">With a timeout.</param>
public sealed class TimeStamper(HttpClient http, Uri authority)
{
    /// <summary>Octets of an answer; with certificates it has a few thousand.</summary>
    private const int MaxAnswer = 128 * 1024;

    private const int NonceLength = 8;

    /// <summary>The token for the octets' SHA-256, in DER.</summary>
    /// <exception cref="HttpRequestException">The authority can't be reached, or refuses.</exception>
    /// <exception cref="OperationCanceledException">It takes too long, or was cancelled.</exception>
    /// <exception cref="CryptographicException">Its answer is no time stamp for this.</exception>
    public async Task<ReadOnlyMemory<byte>> StampAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        var request = Rfc3161TimestampRequest.CreateFromData(
            octets.Span, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(NonceLength), requestSignerCertificates: true);
        using var query = new HttpRequestMessage(HttpMethod.Post, authority) { Content = new ByteArrayContent(request.Encode()) };
        query.Content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var answer = await http.SendAsync(query, HttpCompletionOption.ResponseHeadersRead, cancellation);
        answer.EnsureSuccessStatusCode();
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        var response = new byte[MaxAnswer];
        var length = await stream.ReadAtLeastAsync(response, MaxAnswer, throwOnEndOfStream: false, cancellation);
        return request.ProcessResponse(response.AsMemory(0, length), out _).AsSignedCms().Encode();
    }
}
