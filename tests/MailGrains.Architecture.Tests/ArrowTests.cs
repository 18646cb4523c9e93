using System.Xml.Linq;
using Xunit;

namespace MailGrains.Architecture.Tests;

/// <summary>Which project may point at which. An arrow that is not in the table is a decision to be made first.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Model"] = [],
        ["Wire"] = [],
        ["Mime"] = ["Model"],
        ["Search"] = ["Model", "Mime"],
        ["Discovery"] = ["Model", "Mime"],
        ["Imap"] = ["Model", "Wire"],
        ["Lmtp"] = ["Model", "Wire"],
        ["Authentication"] = ["Model"],
        ["Storage"] = ["Model"],
        ["Evidence"] = ["Model", "Storage"],
        ["Changelog"] = ["Model", "Mime", "Storage", "Subscribers"],
        ["Storage.Compression"] = [],
        ["Storage.Relational"] = ["Storage", "Storage.Compression"],
        ["Storage.Sqlite"] = ["Storage", "Storage.Relational"],
        ["Storage.PostgreSql"] = ["Storage", "Storage.Relational"],
        ["Storage.SqlServer"] = ["Storage", "Storage.Relational"],
        ["Storage.Packs"] = ["Storage", "Storage.Compression"],
        ["Subscribers"] = ["Storage"],
        ["Records"] = ["Storage", "Subscribers"],
        ["Compliance"] = ["Discovery", "Subscribers"],
        ["Views"] = ["Model", "Storage", "Mime"],
        ["Outputs"] = ["Subscribers", "Views"],
        ["Grains.Contracts"] = ["Model"],
        ["Grains"] = ["Grains.Contracts", "Storage", "Subscribers", "Records", "Mime"],
        ["Frontends.Connections"] = ["Wire"],
        ["Frontends.Authentication"] = ["Grains.Contracts", "Authentication"],
        ["Frontends.Imap"] = ["Frontends.Connections", "Frontends.Authentication", "Grains.Contracts", "Imap", "Mime", "Search", "Storage"],
        ["Frontends.Lmtp"] = ["Frontends.Connections", "Grains.Contracts", "Lmtp", "Mime"],
        // Imap: groupware names folders in the way of that protocol.
        ["Frontends.Http"] =
        [
            "Changelog", "Compliance", "Evidence", "Frontends.Authentication", "Grains.Contracts", "Imap", "Mime", "Storage", "Views",
        ],
        ["ClusterTls"] = ["Wire"],
        ["Hosting"] =
        [
            "Changelog", "ClusterTls", "Compliance", "Evidence", "Outputs", "Records", "Subscribers",
            "Storage.Sqlite", "Storage.PostgreSql", "Storage.SqlServer", "Storage.Packs",
            "Frontends.Imap", "Frontends.Lmtp", "Frontends.Http",
        ],
        ["Silo"] = ["Hosting", "Grains"],
        ["Frontends.Host"] = ["Hosting"],
        ["Cli"] = [],
        // Nothing ever: it checks the server's work and must not believe the server's code.
        ["Verify"] = [],
    };

    public static TheoryData<string> Products => [.. SourceTree.Projects().Where(IsProduct).Select(NameOf)];

    [Theory]
    [MemberData(nameof(Products))]
    public void A_project_points_only_where_it_may(string name)
    {
        Assert.True(Allowed.TryGetValue(name, out var allowed), $"{name} is not in the table of arrows.");
        var references = XDocument.Load(SourceTree.Projects().Single(p => IsProduct(p) && NameOf(p) == name))
            .Descendants("ProjectReference").Select(r => NameOf((string)r.Attribute("Include")!));
        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void Only_engines_know_their_drivers()
    {
        var drivers = new Dictionary<string, string[]>
        {
            ["Microsoft.Data.Sqlite"] = ["Storage.Sqlite", "Hosting"],
            ["Npgsql"] = ["Storage.PostgreSql"],
            ["Microsoft.Data.SqlClient"] = ["Storage.SqlServer", "Hosting"],
            ["RabbitMQ.Client"] = ["Outputs"],
            ["ZstdSharp.Port"] = ["Storage.Compression"],
            ["NSec.Cryptography"] = ["Authentication", "Evidence", "Verify"],
        };
        foreach (var project in SourceTree.Projects().Where(IsProduct))
        {
            var packages = XDocument.Load(project).Descendants("PackageReference").Select(p => (string)p.Attribute("Include")!);
            foreach (var driver in packages.Where(drivers.ContainsKey))
                Assert.Contains(NameOf(project), drivers[driver]);
        }
    }

    /// <summary>Frontends see bodies and contents through the reading ports only.</summary>
    [Fact]
    public void Frontends_never_write_to_the_store()
    {
        var writers = new[] { "IBodyStore", "IMailboxStore", "ICommitter", "MailboxCommit" };
        foreach (var (path, lines) in SourceTree.Files("frontends"))
            foreach (var writer in writers)
                Assert.False(lines.Any(l => l.Contains(writer + " ", StringComparison.Ordinal)), $"{path} uses {writer}.");
    }

    private static bool IsProduct(string project) =>
        !project.Contains("/tests/", StringComparison.Ordinal) && !project.Contains("/bench/", StringComparison.Ordinal);

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'))["MailGrains.".Length..];
}
