using System.Data;
using Microsoft.Data.SqlClient;

namespace MailGrains.Storage.SqlServer;

/// <summary>A parameter as its statement declares it in the .sql file, e.g. <c>@after bigint</c> or <c>@heads mailgrains.head_rows READONLY</c>.</summary>
/// <param name="TypeName">Of a table.</param>
/// <param name="Size">In octets or characters; -1: without limit, 0: the type's own.</param>
internal sealed record DeclaredParameter(string Name, SqlDbType Type, string? TypeName, int Size)
{
    public static DeclaredParameter Parse(string declaration)
    {
        var parts = declaration.Split(' ');
        if (parts.Length == 3) return new DeclaredParameter(parts[0], SqlDbType.Structured, parts[1], 0);
        var type = parts[1].Split('(', ')');
        var size = type.Length == 1 ? 0 : type[1] == "max" ? -1 : int.Parse(type[1], System.Globalization.CultureInfo.InvariantCulture);
        return new DeclaredParameter(parts[0], Enum.Parse<SqlDbType>(type[0], ignoreCase: true), null, size);
    }

    public SqlParameter With(object? value)
    {
        var parameter = new SqlParameter { ParameterName = Name, SqlDbType = Type, Value = value };
        if (TypeName is not null) parameter.TypeName = TypeName;
        if (Size != 0) parameter.Size = Size;
        return parameter;
    }
}
