using MailGrains.Storage.Accounts;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Checkpoints;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Records;
using MailGrains.Storage.Subscribers;

namespace MailGrains.Hosting.Stores;

/// <summary>
/// The engines behind the storage ports, and what Orleans itself keeps in the same database. Opened before the host is built and closed
/// when it has ended: the committer, which the host owns, is done by then.
/// </summary>
public abstract class NodeStores : IAsyncDisposable
{
    public abstract IMailboxStore Mailboxes { get; }

    public abstract IEmailReader Emails { get; }

    public abstract IBodyIndex BodyIndex { get; }

    public abstract IEventLog Events { get; }

    public abstract ISubscriberStore Subscribers { get; }

    public abstract IEventRetention EventRetention { get; }

    /// <summary>Where the nodes that share the store keep what they signed; null: the data folder of the one process is enough.</summary>
    public virtual ICheckpointStore? Checkpoints => null;

    public abstract IBodyStore Bodies { get; }

    /// <summary>Deletes bodies nobody refers to, for one silo at a time; null: this process does so by itself.</summary>
    public virtual IUnusedBodies? UnusedBodies => null;

    public abstract IDirectoryStore Accounts { get; }

    public abstract IGroupStore Groups { get; }

    public abstract IDirectoryActStore DirectoryActs { get; }

    /// <summary>null: no archive is kept.</summary>
    public abstract ArchiveStores? Archive { get; }

    /// <summary>True when several processes share the store.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Gives a silo its membership, small grain state and reminders.</summary>
    public abstract void UseIn(ISiloBuilder silo);

    /// <summary>Lets a frontend process find the silos.</summary>
    /// <exception cref="Settings.SettingsException">This engine serves one process only.</exception>
    public abstract void UseIn(IClientBuilder client);

    public abstract ValueTask DisposeAsync();

    /// <summary>What frontends read by, past the grains.</summary>
    public void AddReaders(IServiceCollection services)
    {
        services.AddSingleton(Emails);
        services.AddSingleton(Events);
        services.AddSingleton(EventRetention);
        services.AddSingleton<IBodyReader>(Bodies);
    }

    /// <summary>What frontends apart from the silos need for cases: nothing here is written.</summary>
    public void AddArchiveReaders(IServiceCollection services)
    {
        if (Archive is not { } archive) return;
        services.AddSingleton<IRecordReader>(archive.Records);
        services.AddSingleton(BodyIndex);
        if (archive.Contents is not null) services.AddSingleton(archive.Contents);
    }

    /// <summary>All ports, for a process with grains.</summary>
    public virtual void AddAll(IServiceCollection services)
    {
        AddReaders(services);
        services.AddSingleton(Mailboxes);
        services.AddSingleton(Subscribers);
        services.AddSingleton(BodyIndex);
        services.AddSingleton(Bodies);
        services.AddSingleton(Accounts);
        services.AddSingleton(Groups);
        services.AddSingleton(DirectoryActs);
    }
}
