namespace MailGrains.Model.Columns;

/// <summary>One message's index entry, read in place from its page.</summary>
public readonly struct MessageRow(MessagePage page, int index, uint sequence)
{
    /// <summary>The message sequence number in the session that asked.</summary>
    public uint Sequence => sequence;

    public uint Uid => page.Uids[index];

    public MessageFlags Flags => page.Flags[index];

    public long ModSeq => page.ModSeqs[index];

    /// <summary>Seconds since 1970, UTC.</summary>
    public long InternalDate => page.InternalDates[index];

    /// <summary>Seconds since 1970, UTC.</summary>
    public uint SaveDate => page.SaveDates[index];

    public uint Size => page.Sizes[index];

    public EmailId EmailId => new(page.EmailIds[index]);

    public MessageSlice AsSlice() => new(page, index, 1, sequence);
}
