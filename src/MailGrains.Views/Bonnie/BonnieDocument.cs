namespace MailGrains.Views.Bonnie;

/// <summary>A document and where it goes.</summary>
/// <param name="Index">Its index, with the day where indexes are daily.</param>
/// <param name="Id">Its id within the index: the same event has the same ids whenever it is projected.</param>
/// <param name="Json">An object in UTF-8; with <see cref="BonnieAct.Update"/> the members that are added.</param>
public sealed record BonnieDocument(string Index, string Id, BonnieAct Act, byte[] Json)
{
    /// <summary>With <see cref="BonnieAct.Index"/>: what has a higher one stays; null: whatever is there is written over.</summary>
    public long? Version { get; init; }
}
