using MailGrains.Model;

namespace MailGrains.Grains.Mailboxes.State;

/// <summary>An index entry on its way into a folder; dates in seconds since 1970, UTC.</summary>
internal readonly record struct NewEntry(
    uint Uid, MessageFlags Flags, long ModSeq, long InternalDate, uint SaveDate, uint Size, EmailId Email);
