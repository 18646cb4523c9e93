namespace MailGrains.Mime.Structure;

/// <summary>A line that delimits the parts of an open multipart.</summary>
/// <param name="Level">The multipart's place on the stack.</param>
/// <param name="Start">Where the line starts.</param>
/// <param name="End">Where the next line starts.</param>
/// <param name="IsClosing">It is the last one of its multipart.</param>
internal readonly record struct Delimiter(int Level, int Start, int End, bool IsClosing)
{
    public static readonly Delimiter None = new(-1, 0, 0, false);

    public bool IsFound => Level >= 0;
}
