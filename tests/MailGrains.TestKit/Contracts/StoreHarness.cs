using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.TestKit.Contracts;

/// <summary>An open engine under test, by its ports.</summary>
public sealed class StoreHarness(
    IMailboxStore mailboxes, IEmailReader emails, IBodyIndex bodies, IEventLog events, IAsyncDisposable? owner = null) : IAsyncDisposable
{
    public static StoreHarness Of<T>(T store)
        where T : IMailboxStore, IEmailReader, IBodyIndex, IEventLog => new(store, store, store, store, store as IAsyncDisposable);

    public IMailboxStore Mailboxes => mailboxes;

    public IEmailReader Emails => emails;

    public IBodyIndex Bodies => bodies;

    public IEventLog Events => events;

    public ValueTask DisposeAsync() => owner?.DisposeAsync() ?? ValueTask.CompletedTask;
}
