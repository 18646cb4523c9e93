namespace MailGrains.Storage.Relational.Group;

/// <summary>What the database knows of a writer: its last group that was committed, and which of that group's shares were fenced (from 1).</summary>
internal readonly record struct WriterMark(long Number, long[] Fenced);
