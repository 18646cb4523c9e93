using System.Text;

namespace MailGrains.Bench.Report;

/// <summary>A table in Markdown, its columns padded so that it also reads well in a terminal.</summary>
internal sealed class TextTable(params IReadOnlyList<string> header)
{
    private readonly List<IReadOnlyList<string>> _rows = [];

    public void Add(params IReadOnlyList<string> cells) => _rows.Add(cells);

    public override string ToString()
    {
        var widths = header.Select((title, column) => _rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        var text = new StringBuilder();
        AppendRow(text, header, widths);
        AppendRow(text, [.. widths.Select((width, column) =>
            column == 0 ? new string('-', width) : new string('-', width - 1) + ":")], widths);
        _rows.ForEach(row => AppendRow(text, row, widths));
        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells, int[] widths)
    {
        for (var column = 0; column < cells.Count; column++)
            text.Append("| ")
                .Append(column == 0 ? cells[column].PadRight(widths[column]) : cells[column].PadLeft(widths[column])).Append(' ');
        text.Append("|\n");
    }
}
