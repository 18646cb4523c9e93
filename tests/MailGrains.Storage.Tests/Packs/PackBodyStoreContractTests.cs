using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Packs.Files;
using MailGrains.TestKit.Contracts;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Storage.Tests.Packs;

/// <summary>On a real file system, with packs small enough to be rolled all the time.</summary>
public sealed class PackBodyStoreContractTests : BodyStoreContract
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("packs");

    protected override Task<IBodyStore> CreateAsync() => Task.FromResult<IBodyStore>(new PackBodyStore(
        new DiskPackFiles(_directory.FullName),
        new DictionaryBodyIndex(),
        NullLogger<PackBodyStore>.Instance,
        new PackOptions { PackBytes = 256 << 10, WriteBehindBytes = 64 << 10, MaxUnwrittenBytes = 1 << 20, OpenPacks = 3 }));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
