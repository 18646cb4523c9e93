using System.Buffers;
using System.Buffers.Text;

namespace MailGrains.Imap;

/// <summary>The lines a client sends between AUTHENTICATE and its end (RFC 9051 section 6.2.2).</summary>
public static class SaslResponse
{
    /// <summary>True for <c>*</c>: the client gives up, the answer is BAD.</summary>
    public static bool IsCancel(in ReadOnlySequence<byte> line)
    {
        Span<byte> text = stackalloc byte[3];
        if (line.Length != text.Length) return false;
        line.CopyTo(text);
        return text.SequenceEqual("*\r\n"u8);
    }

    /// <summary>base64 = *(4base64-char) [base64-terminal], with or without the CRLF; strict, no white space.</summary>
    public static bool TryDecode(in ReadOnlySequence<byte> line, out byte[] response) =>
        TryDecode(line.IsSingleSegment ? line.FirstSpan : line.ToArray(), out response);

    public static bool TryDecode(ReadOnlySpan<byte> line, out byte[] response)
    {
        if (line.EndsWith("\r\n"u8)) line = line[..^2];
        response = [];
        if (line.ContainsAny(" \t\r\n"u8)) return false;
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(line.Length)];
        if (Base64.DecodeFromUtf8(line, decoded, out var consumed, out var written) != OperationStatus.Done || consumed != line.Length)
            return false;
        response = decoded[..written];
        return true;
    }
}
