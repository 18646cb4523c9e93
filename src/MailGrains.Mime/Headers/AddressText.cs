using System.Collections.Immutable;

namespace MailGrains.Mime.Headers;

/// <summary>The addresses of a header field as text: names and addresses apart, encoded words decoded.</summary>
public static class AddressText
{
    /// <summary>
    /// The addresses of one field's raw value, at most <paramref name="limit"/>. The name of a group counts as an address without a
    /// mailbox; what cannot be an address is a name.
    /// </summary>
    public static ImmutableArray<(string Name, string Address)> Read(ReadOnlySpan<byte> value, int limit)
    {
        var sink = new Sink(limit);
        new AddressListReader(sink).Read(value);
        return sink.Found.DrainToImmutable();
    }

    private sealed class Sink(int limit) : IAddressSink
    {
        public ImmutableArray<(string Name, string Address)>.Builder Found { get; } = ImmutableArray.CreateBuilder<(string, string)>();

        public void Address(ReadOnlySpan<byte> name, ReadOnlySpan<byte> route, ReadOnlySpan<byte> mailbox, ReadOnlySpan<byte> host)
        {
            var local = HeaderText.Decode(mailbox);
            Add(HeaderText.Decode(name), host.IsEmpty ? local : $"{local}@{HeaderText.Decode(host)}");
        }

        public void GroupStart(ReadOnlySpan<byte> name) => Add(HeaderText.Decode(name), "");

        public void GroupEnd()
        {
        }

        private void Add(string name, string address)
        {
            if (Found.Count < limit && (name.Length > 0 || address.Length > 0))
                Found.Add((name, address));
        }
    }
}
