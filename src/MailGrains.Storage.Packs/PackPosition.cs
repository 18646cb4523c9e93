namespace MailGrains.Storage.Packs;

/// <summary>A place in the sequence of all packs.</summary>
internal readonly record struct PackPosition(int Pack, long Offset) : IComparable<PackPosition>
{
    public int CompareTo(PackPosition other) => Pack != other.Pack ? Pack.CompareTo(other.Pack) : Offset.CompareTo(other.Offset);

    public static bool operator <(PackPosition a, PackPosition b) => a.CompareTo(b) < 0;

    public static bool operator >(PackPosition a, PackPosition b) => a.CompareTo(b) > 0;

    public static bool operator <=(PackPosition a, PackPosition b) => a.CompareTo(b) <= 0;

    public static bool operator >=(PackPosition a, PackPosition b) => a.CompareTo(b) >= 0;
}
