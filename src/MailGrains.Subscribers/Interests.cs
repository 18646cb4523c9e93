namespace MailGrains.Subscribers;

/// <summary>What a handler needs beside the events themselves.</summary>
[Flags]
public enum Interests
{
    None = 0,

    /// <summary>Header sections of messages, by <see cref="EventBatch.ReadHeaderAsync"/>.</summary>
    Header = 1,

    /// <summary>Whole messages, by <see cref="EventBatch.ReadBodyAsync"/>.</summary>
    Body = 2,

    /// <summary>Declared only: no event carries annotations yet.</summary>
    Metadata = 4,

    /// <summary>Declared only: no event carries access rights yet.</summary>
    Acl = 8,

    /// <summary>Declared only: no event carries data of the user yet.</summary>
    UserData = 16,
}
