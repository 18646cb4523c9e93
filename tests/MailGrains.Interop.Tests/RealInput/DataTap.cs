using System.Text;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>
/// Listens to an LMTP client and its server and picks the messages out: what the client says from the server's 354 to the final dot, without the dots of
/// RFC 5321 section 4.5.2. Nothing but CRLF ends a line there.
/// </summary>
/// <param name="found">Told the sender and the octets of each message.</param>
internal sealed class DataTap(Action<string, byte[]> found)
{
    private readonly Lock _lock = new();
    private readonly List<byte> _line = [];
    private readonly List<byte> _answer = [];
    private readonly List<byte> _data = [];
    private Place _place = Place.Command;
    private string _sender = "";

    private enum Place
    {
        Command,
        LineStart,
        InLine,
        AfterReturn,
        AfterDot,
        AfterDotReturn,
    }

    /// <summary>To be told before the server gets it.</summary>
    public void Take(ReadOnlySpan<byte> octets)
    {
        lock (_lock)
        {
            foreach (var octet in octets)
            {
                if (_place == Place.Command) TakeCommand(octet);
                else TakeData(octet);
            }
        }
    }

    /// <summary>To be told before the client gets it.</summary>
    public void TakeAnswer(ReadOnlySpan<byte> octets)
    {
        lock (_lock)
        {
            foreach (var octet in octets)
            {
                _answer.Add(octet);
                if (octet != '\n') continue;
                if (_answer is [(byte)'3', (byte)'5', (byte)'4', ..]) _place = Place.LineStart;
                _answer.Clear();
            }
        }
    }

    private void TakeCommand(byte octet)
    {
        _line.Add(octet);
        if (octet != '\n') return;
        var line = Encoding.Latin1.GetString([.. _line]).TrimEnd();
        _line.Clear();
        if (line.StartsWith("MAIL FROM:<", StringComparison.OrdinalIgnoreCase)) _sender = line["MAIL FROM:<".Length..line.IndexOf('>')];
    }

    private void TakeData(byte octet)
    {
        switch (_place)
        {
            case Place.LineStart when octet == '.':
                _place = Place.AfterDot;
                return;
            case Place.AfterDot when octet == '\r':
                _place = Place.AfterDotReturn;
                return;
            case Place.AfterDotReturn when octet == '\n':
                found(_sender, [.. _data]);
                _data.Clear();
                _place = Place.Command;
                return;
            case Place.AfterDotReturn:
                _data.Add((byte)'\r');
                _place = Place.AfterReturn;
                break;
        }

        _data.Add(octet);
        _place = octet switch
        {
            (byte)'\r' => Place.AfterReturn,
            (byte)'\n' when _place == Place.AfterReturn => Place.LineStart,
            _ => Place.InLine,
        };
    }
}
