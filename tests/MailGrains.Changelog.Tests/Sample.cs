using System.Text;
using MailGrains.Changelog.Objects;
using MailGrains.Changelog.Properties;

namespace MailGrains.Changelog.Tests;

/// <summary>Messages with objects as groupware writes them; lines end with CRLF.</summary>
internal static class Sample
{
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Samples")).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    public static string Text(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", name + ".eml"));

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static byte[] Read(string name) => Bytes(Text(name));

    /// <summary>The sample with a text in it replaced, which has to be there.</summary>
    public static byte[] Changed(string name, string old, string @new)
    {
        var text = Text(name);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return Bytes(text.Replace(old, @new, StringComparison.Ordinal));
    }

    public static GroupwareObject Recognised(byte[] message) => GroupwareObject.Recognise(message) ?? throw new InvalidOperationException("No object.");

    public static IReadOnlyList<ObjectProperty> Properties(byte[] message, string? instance = null) =>
        ObjectProperties.Read(Recognised(message).Payload, instance) ?? throw new InvalidOperationException("Not readable.");
}
