using System.Text.Json;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Events;

namespace MailGrains.TestKit.Checking;

/// <summary>
/// A user whose mailbox is in another partition of the log than the directory: there stays what came after the directory's last picture, for an hour at least.
/// </summary>
public static class UserApart
{
    /// <param name="add">Adds an account of this address.</param>
    /// <param name="list">What an administrator's command lists as JSON.</param>
    /// <returns>The user's address.</returns>
    public static async Task<string> AddAsync(Func<string, Task> add, Func<string[], Task<JsonElement>> list)
    {
        var partitions = (await list(["events", "stats"])).GetArrayLength();
        for (var number = 1; ; number++)
        {
            var user = $"user{number}@example.org";
            await add(user);
            var id = new AccountId(Guid.Parse((await list(["account", "show", user]))[0].GetProperty("id").GetString()!));
            if (EventPartition.Of(id, partitions) != EventPartition.Of(DirectoryLog.Id, partitions)) return user;
        }
    }
}
