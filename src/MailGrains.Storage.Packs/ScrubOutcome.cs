namespace MailGrains.Storage.Packs;

public enum ScrubOutcome
{
    /// <summary>Checksum and SHA-256 are right.</summary>
    Intact,

    /// <summary>A record whose bytes are not the ones written.</summary>
    Damaged,

    /// <summary>
    /// A stretch without any record. A write that a crash tore leaves one at the end of a pack, and nothing refers to it;
    /// a committed body that should lie in it is lost.
    /// </summary>
    Unreadable,
}
