namespace MailGrains.Microbench.Host;

/// <summary>Delivers one 10 KB message after the other over one LMTP connection, pipelined as a relay does.</summary>
public sealed class LmtpRelay(LineClient client)
{
    private static readonly byte[] Envelope = "MAIL FROM:<grace@example.net>\r\nRCPT TO:<ada@example.org>\r\nDATA\r\n"u8.ToArray();
    private static readonly byte[] GoAhead = "354"u8.ToArray();
    private static readonly byte[] Delivered = "250 2.1.5 <ada"u8.ToArray();

    private readonly SampleMessage _message = new();
    private readonly byte[] _withDot = new byte[16 * 1024];

    public async ValueTask DeliverAsync()
    {
        await client.RunAsync(Envelope, GoAhead);
        var message = _message.Next();
        message.CopyTo(_withDot);
        ".\r\n"u8.CopyTo(_withDot.AsSpan(message.Length));
        await client.RunAsync(_withDot.AsMemory(0, message.Length + 3), Delivered);
    }
}
