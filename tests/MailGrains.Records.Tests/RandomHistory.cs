using MailGrains.Model;

namespace MailGrains.Records.Tests;

/// <summary>Histories that a mailbox could have had.</summary>
internal static class RandomHistory
{
    public static void Write(MemoryLog log, AccountId[] accounts, int events, Random random)
    {
        var uids = accounts.ToDictionary(a => a, _ => new uint[3]);
        for (var i = 0; i < events; i++)
        {
            var account = accounts[random.Next(accounts.Length)];
            var next = uids[account];
            var folder = random.Next(1, 3);
            var last = next[folder];
            var some = last == 0 ? 0 : (uint)random.Next(1, (int)last + 1);
            switch (some == 0 ? 0 : random.Next(6))
            {
                case 0 or 1: log.Write(account, "MessageNew", Members.Arrival(++next[folder], folder)); break;
                case 2: log.Write(account, "FlagsSet", Members.Flags($"{some}:{last}", $"\"$f{random.Next(3)}\"", folder)); break;
                case 3: log.Write(account, "MessageExpunge", Members.Expunge($"{some}", folder)); break;
                case 4: log.Write(account, "MessageCopy", Members.Transfer(folder, 3 - folder, $"{some}", $"{++next[3 - folder]}")); break;
                default: log.Write(account, "MessageMove", Members.Transfer(folder, folder, $"{some}", $"{++next[folder]}")); break;
            }
        }
    }
}
