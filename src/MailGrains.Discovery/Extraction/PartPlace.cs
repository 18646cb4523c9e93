using System.Text;
using MailGrains.Model.Summary;

namespace MailGrains.Discovery.Extraction;

/// <summary>Where in a message the part is that a walk has come to, and what it is in.</summary>
/// <param name="prefix">Stands before all paths.</param>
internal sealed class PartPlace(string prefix)
{
    private readonly PartNumbering _numbering = new();
    private readonly List<string> _types = [];
    private string? _path;

    /// <summary>The part's section number with what stands before it.</summary>
    public string Path => _path ??= prefix + string.Join('.', _numbering.Numbers.ToArray());

    public string MediaType => _types[^1];

    public PartKind? Container => _numbering.Container;

    /// <summary>The part is shown inside another one.</summary>
    public bool IsRelated => _types is [.., "multipart/related", _];

    /// <summary>Some container is encrypted.</summary>
    public bool IsEncrypted => EncryptedAt < _types.Count - 1;

    private int EncryptedAt { get; set; } = int.MaxValue;

    public void MoveTo(scoped in MessagePart part)
    {
        _path = null;
        _numbering.MoveTo(part);
        _types.RemoveRange(part.Depth, _types.Count - part.Depth);
        if (EncryptedAt >= part.Depth) EncryptedAt = int.MaxValue;
        var type = Name(part.ContentType);
        _types.Add(type);
        if (type == "multipart/encrypted" && EncryptedAt == int.MaxValue) EncryptedAt = part.Depth;
    }

    private static string Name(ReadOnlySpan<byte> type) => type.Length switch
    {
        10 when type.SequenceEqual("text/plain"u8) => "text/plain",
        9 when type.SequenceEqual("text/html"u8) => "text/html",
        _ => Encoding.Latin1.GetString(type),
    };
}
