using System.Runtime.CompilerServices;
using System.Text;

namespace MailGrains.Cli;

/// <summary>
/// Accounts in a CSV file (RFC 4180), <c>address,password</c> a line, either in quotes where it has a comma or a quote. Empty lines and those that
/// begin with '#' say nothing.
/// </summary>
internal static class AccountFile
{
    /// <summary>Line by line; <c>Problem</c> is set where the line can't be understood.</summary>
    /// <remarks><c>Octets</c> is how far into the file the line ends, about.</remarks>
    public static async IAsyncEnumerable<(int Line, string Address, string? Password, string? Problem, long Octets)> ReadAsync(
        FileInfo file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var reader = new StreamReader(file.FullName, new UTF8Encoding(false));
        for (var number = 1; await reader.ReadLineAsync(cancellation) is { } line; number++)
        {
            var text = line.Trim();
            if (text.Length == 0 || text.StartsWith('#')) continue;
            var fields = Split(text);
            var problem = fields is { Count: 1 or 2 } ? null : "an account is address,password";
            yield return (number, fields?[0] ?? "", fields is [_, { Length: > 0 } password] ? password : null, problem, reader.BaseStream.Position);
        }
    }

    /// <summary>The fields of a line; null when a quote is not closed.</summary>
    internal static List<string>? Split(string line)
    {
        var fields = new List<string>();
        var at = 0;
        while (true)
        {
            var field = new StringBuilder();
            if (at < line.Length && line[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (at == line.Length) return null;
                    if (line[at] != '"') field.Append(line[at]);
                    else if (at + 1 < line.Length && line[at + 1] == '"') field.Append(line[at++]);
                    else break;
                }

                if (++at < line.Length && line[at] != ',') return null;
            }
            else
            {
                // A password in its own right may have commas: only the first one separates.
                var end = fields.Count == 0 ? line.IndexOf(',', at) : -1;
                if (end < 0) end = line.Length;
                field.Append(line, at, end - at);
                at = end;
            }

            fields.Add(field.ToString());
            if (at >= line.Length) return fields;
            at++;
        }
    }
}
