namespace MailGrains.Changelog.Reading;

/// <summary>contentline = [group "."] name *(";" param) ":" value</summary>
/// <param name="Value">As it is written, with its escapes.</param>
internal sealed record ContentLine(string Name, List<KeyValuePair<string, string>> Parameters, string Value)
{
    /// <param name="budget">One is taken for each parameter; below zero there were too many.</param>
    public static ContentLine? TryParse(string line, ref int budget)
    {
        var end = line.AsSpan().IndexOfAny(':', ';');
        if (end <= 0) return null;
        var name = line.AsSpan(0, end);
        var group = name.LastIndexOf('.');
        name = name[(group + 1)..];
        if (!IsName(name)) return null;

        var parameters = new List<KeyValuePair<string, string>>();
        while (line[end] == ';')
        {
            if (--budget < 0) return null;
            var start = end + 1;
            end = EndOfParameter(line, start);
            if (end < 0) return null;
            AddParameter(line.AsSpan(start..end), parameters);
        }

        return new ContentLine(name.ToString().ToLowerInvariant(), parameters, line[(end + 1)..]);
    }

    /// <param name="owner">Gets the properties this line stands for.</param>
    /// <param name="budget">One is taken for each value after the first.</param>
    public void AddTo(RawComponent owner, ref int budget)
    {
        var separator = Structured.SeparatorOf(Name);
        if (separator != '\0')
        {
            var values = EscapedText.Split(Value, separator, Math.Max(0, budget) + 1);
            budget -= values.Count - 1;
            foreach (var value in values)
                if (value.Length > 0) owner.Properties.Add(new RawProperty(Name, Parameters, value, []));
            return;
        }

        var fields = FieldsOf(ref budget);
        owner.Properties.Add(new RawProperty(Name, Parameters, fields is null ? EscapedText.Unescape(Value) : "", fields ?? []));
    }

    private List<KeyValuePair<string, string>>? FieldsOf(ref int budget)
    {
        if (Structured.IsRule(Name)) return RuleOf(ref budget);
        if (Structured.PartsOf(Name) is not { } names) return null;
        var parts = EscapedText.Split(Value, ';', names.Length);
        return [.. parts.Select((part, i) => new KeyValuePair<string, string>(names[i], part.Trim())).Where(f => f.Value.Length > 0)];
    }

    /// <summary>recur = recur-rule-part *( ";" recur-rule-part ), RFC 5545 section 3.3.10.</summary>
    private List<KeyValuePair<string, string>> RuleOf(ref int budget)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var range in Value.AsSpan().Split(';'))
        {
            if (--budget < 0) break;
            var part = Value.AsSpan()[range];
            var equals = part.IndexOf('=');
            if (equals > 0) fields.Add(new(part[..equals].Trim().ToString().ToLowerInvariant(), part[(equals + 1)..].Trim().ToString()));
        }

        return fields;
    }

    /// <summary>The ';' or ':' behind a parameter, past those in quotes, or -1.</summary>
    private static int EndOfParameter(string line, int start)
    {
        var quoted = false;
        for (var i = start; i < line.Length; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (!quoted && line[i] is ';' or ':') return i;
        }

        // A quote that is never closed quotes nothing.
        return quoted && line.AsSpan(start).IndexOfAny(';', ':') is var end and >= 0 ? start + end : -1;
    }

    /// <summary>param = param-name "=" param-value *("," param-value); vCard 2.1 has bare values, which are types.</summary>
    private static void AddParameter(ReadOnlySpan<char> parameter, List<KeyValuePair<string, string>> parameters)
    {
        var equals = parameter.IndexOf('=');
        var name = equals < 0 ? "type" : parameter[..equals].Trim().ToString().ToLowerInvariant();
        var value = Decode(parameter[(equals + 1)..]);
        if (value.Length > 0 && name.Length > 0) parameters.Add(new(name, value));
    }

    /// <summary>Without quotes and the escapes of RFC 6868.</summary>
    private static string Decode(ReadOnlySpan<char> value)
    {
        var plain = value.Trim().ToString().Replace("\"", "", StringComparison.Ordinal);
        if (!plain.Contains('^', StringComparison.Ordinal)) return plain;
        return plain.Replace("^n", "\n", StringComparison.Ordinal).Replace("^'", "\"", StringComparison.Ordinal).Replace("^^", "^", StringComparison.Ordinal);
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > ReadingLimits.NameLength) return false;
        foreach (var c in name)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')) return false;
        return true;
    }
}
