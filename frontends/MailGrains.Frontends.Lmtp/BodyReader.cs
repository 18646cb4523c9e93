using MailGrains.Frontends.Connections;
using MailGrains.Lmtp;

namespace MailGrains.Frontends.Lmtp;

/// <summary>Takes message octets off the connection, as they come, into the one buffer.</summary>
internal static class BodyReader
{
    /// <summary>Reads up to the final dot (RFC 5321 section 4.1.1.4). False: the client went away, or the session has to stop.</summary>
    public static async ValueTask<bool> ReadDottedAsync(LineConnection connection, MessageBuffer message)
    {
        var unstuffer = default(DotUnstuffer);
        while (!unstuffer.IsFinished)
        {
            var result = await connection.ReadAsync();
            if (connection.Stopping != SessionStop.None)
                return false;

            var taken = 0L;
            foreach (var segment in result.Buffer)
            {
                taken += unstuffer.Feed(segment.Span, message);
                if (unstuffer.IsFinished)
                    break;
            }

            connection.AdvanceTo(result.Buffer.GetPosition(taken));
            connection.MarkBodyProgress(taken);
            if (result.IsCompleted && !unstuffer.IsFinished)
                return false;
        }

        return true;
    }

    /// <summary>Reads exactly <paramref name="octets"/> (RFC 3030), into <paramref name="message"/> or, without one, to nowhere.</summary>
    public static async ValueTask<bool> ReadChunkAsync(LineConnection connection, long octets, MessageBuffer? message)
    {
        while (octets > 0)
        {
            var result = await connection.ReadAsync();
            if (connection.Stopping != SessionStop.None)
                return false;

            var piece = result.Buffer.Slice(0, Math.Min(octets, result.Buffer.Length));
            foreach (var segment in piece)
                message?.Append(segment.Span);

            octets -= piece.Length;
            connection.MarkBodyProgress(piece.Length);
            connection.AdvanceTo(piece.End);
            if (result.IsCompleted && octets > 0)
                return false;
        }

        return true;
    }
}
