using System.Collections.Immutable;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>What a mailbox should hold, in the plainest terms.</summary>
internal sealed class MailboxModel
{
    public SortedDictionary<string, Folder> Folders { get; } = new(StringComparer.Ordinal);

    public sealed class Folder
    {
        public uint UidNext { get; set; } = 1;

        /// <summary>Flags by UID.</summary>
        public SortedDictionary<uint, ImmutableSortedSet<string>> Messages { get; } = [];

        public uint Add(ImmutableSortedSet<string> flags)
        {
            Messages.Add(UidNext, flags);
            return UidNext++;
        }
    }
}
