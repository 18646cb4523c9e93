using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>
/// Classes as databases have them: the definitions they were found by in the upper half, the classes in the lower. What was found by other definitions counts
/// as not known, and is looked at anew.
/// </summary>
public static class StoredClasses
{
    /// <summary>Raised with each new class, and with each that means something else from then on.</summary>
    public const int Definitions = 1;

    public static long Encode(MessageClasses classes) => ((long)Definitions << 32) | (uint)classes;

    public static MessageClasses? Decode(long stored) => stored >> 32 == Definitions ? (MessageClasses)(int)(uint)stored : null;
}
