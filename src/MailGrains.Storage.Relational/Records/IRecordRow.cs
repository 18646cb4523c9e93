using MailGrains.Model;

namespace MailGrains.Storage.Relational.Records;

/// <summary>One row of an answer; columns count from 0. Valid while it is read.</summary>
internal interface IRecordRow
{
    bool IsNull(int column);

    long Int64(int column);

    string Text(int column);

    byte[] Bytes(int column);

    BlobId Blob(int column);

    AccountId Account(int column);
}
