using System.Text;
using MailGrains.TestKit.Clients;
using MailKit.Net.Imap;
using MailKit.Security;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>Reads and compares what a server stored.</summary>
internal static class StoredMail
{
    public static async Task<ImapClient> ConnectAsync(int port, string user, string password, CancellationToken cancellation)
    {
        var client = new ImapClient();
        await client.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None, cancellation);
        await client.AuthenticateAsync(user, password, cancellation);
        return client;
    }

    /// <summary>Of a delivered message: Return-Path comes first.</summary>
    public static string SenderOf(byte[] message) => Encoding.Latin1.GetString(message)[("Return-Path: <".Length)..message.IndexOf((byte)'>')];

    /// <summary>All messages of a folder as they lie there, in order of UID.</summary>
    public static async Task<List<byte[]>> ReadAllAsync(int port, string user, string password, string folder, CancellationToken cancellation)
    {
        using var imap = await RawImap.LoggedInAsync(port, user, password, cancellation);
        (await imap.RunAsync($"EXAMINE \"{folder}\"", cancellation)).Ok();
        var reply = (await imap.RunAsync("UID FETCH 1:* (UID BODY.PEEK[])", cancellation)).Ok();
        return [.. reply.Untagged.Where(l => l.Literals.Count > 0).Select(l => l.Literals[0])];
    }
}
