using System.Data;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using Microsoft.Data.SqlClient.Server;

namespace MailGrains.Storage.SqlServer.Tables;

/// <summary>Columns of table-valued parameters. Their order is the one of the table type.</summary>
internal static class TableColumns
{
    /// <summary>Characters of the longest key of the directory: of an address.</summary>
    public const int KeyLength = MailAddress.MaxLength;

    private const long NoLimit = -1;

    public static SqlMetaData[] Owned(params ReadOnlySpan<SqlMetaData> more) => [Bigint("mailbox"), Bigint("epoch"), .. more];

    public static SqlMetaData Bigint(string name) => new(name, SqlDbType.BigInt);

    public static SqlMetaData Int(string name) => new(name, SqlDbType.Int);

    public static SqlMetaData Smallint(string name) => new(name, SqlDbType.SmallInt);

    public static SqlMetaData Bit(string name) => new(name, SqlDbType.Bit);

    public static SqlMetaData Text(string name, long length = NoLimit) => new(name, SqlDbType.NVarChar, length);

    public static SqlMetaData Bytes(string name) => new(name, SqlDbType.VarBinary, NoLimit);

    public static SqlMetaData Hash(string name) => Binary(name, BlobId.Length);

    /// <summary>A UUID as its bytes.</summary>
    public static SqlMetaData Id(string name) => Binary(name, 16);

    private static SqlMetaData Binary(string name, int length) => new(name, SqlDbType.Binary, length);
}
