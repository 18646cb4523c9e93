using MailGrains.Frontends.Imap.Fetch;
using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Mailboxes;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

public sealed class EmailCacheTests
{
    private static readonly AccountId Account = AccountId.New(TimeProvider.System);

    [Fact]
    public void What_is_in_use_stays_and_the_rest_goes()
    {
        var cache = new EmailCache(1024 * 1024);
        cache.Add(Account, Record(1));
        for (var i = 2; i < 10_000; i++)
        {
            cache.Add(Account, Record(i));
            Assert.NotNull(cache.Find(Account, new EmailId(1)));
        }

        var kept = Enumerable.Range(1, 9_999).Count(i => cache.Find(Account, new EmailId(i)) is not null);
        Assert.InRange(kept, 100, 1_100);
    }

    [Fact]
    public void Accounts_do_not_see_each_others_contents()
    {
        var cache = new EmailCache(1024 * 1024);
        cache.Add(Account, Record(1));
        Assert.Null(cache.Find(AccountId.New(TimeProvider.System), new EmailId(1)));
    }

    private static EmailRecord Record(long id) => new(new EmailId(id), default, default, default(BodyLocator), new byte[1_000]);
}
