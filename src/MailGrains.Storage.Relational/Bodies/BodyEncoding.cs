namespace MailGrains.Storage.Relational.Bodies;

/// <summary>How a body's bytes are kept. The numbers are part of the persisted format.</summary>
public enum BodyEncoding
{
    Raw = 0,

    Zstd = 1,
}
