using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Accounts;

public sealed class InMemoryDirectoryActTests : DirectoryActContract
{
    protected override Task<DirectoryHarness> OpenAsync()
    {
        var directory = new InMemoryDirectory();
        return Task.FromResult(new DirectoryHarness(directory, directory, directory));
    }
}
