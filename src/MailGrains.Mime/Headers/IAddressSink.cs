namespace MailGrains.Mime.Headers;

/// <summary>Takes the addresses of a list in their order. The octets are raw, encoded words among them, and valid during the call.</summary>
internal interface IAddressSink
{
    void Address(ReadOnlySpan<byte> name, ReadOnlySpan<byte> route, ReadOnlySpan<byte> mailbox, ReadOnlySpan<byte> host);

    void GroupStart(ReadOnlySpan<byte> name);

    void GroupEnd();
}
