using System.Text;

namespace MailGrains.Mime.Tests;

/// <summary>A value of an IMAP response: a list, a string, a number or NIL.</summary>
internal sealed record ImapNode(IReadOnlyList<ImapNode>? Items, byte[]? String, uint? Number)
{
    public bool IsNil => Items is null && String is null && Number is null;

    public string Text => Encoding.Latin1.GetString(String ?? throw new InvalidDataException($"A string was expected, not {this}."));

    public IReadOnlyList<ImapNode> List => Items ?? throw new InvalidDataException($"A list was expected, not {this}.");

    public ImapNode this[int index] => List[index];

    public override string ToString() =>
        Items is not null ? $"({string.Join(' ', Items)})" : String is not null ? $"\"{Text}\"" : Number?.ToString() ?? "NIL";
}
