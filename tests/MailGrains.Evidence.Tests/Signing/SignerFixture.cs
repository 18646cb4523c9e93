using MailGrains.Evidence.Signing;
using MailGrains.Storage.Checkpoints;
using MailGrains.Storage.Events;
using MailGrains.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MailGrains.Evidence.Tests.Signing;

/// <summary>A signer whose folders outlive it, so that it can be started again.</summary>
internal sealed class SignerFixture(ICheckpointStore? shared = null) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero));

    public string Checkpoints => Path.Combine(_folder.Path, "checkpoints");

    public string Tiles => Path.Combine(_folder.Path, "tiles");

    public string Exports => Path.Combine(_folder.Path, "exports");

    public LogSigner Start(IEventLog log, IEventRetention? retention = null) =>
        new(log, TestKeys.Golden, new SignerFolders(Checkpoints, Tiles), shared, Time, NullLogger<LogSigner>.Instance, retention);

    public void Dispose() => _folder.Dispose();
}
