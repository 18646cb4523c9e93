using System.Text.Json;
using MailGrains.TestKit.Clients;
using MailGrains.TestKit.Processes;
using Xunit;

namespace MailGrains.TestKit.Cases;

/// <summary>Users and officers at a running product: what they do by LMTP, IMAP and the command line.</summary>
internal sealed class OfficerDesk(IRunningProduct product)
{
    public const string Ada = "ada@example.org";
    public const string Bob = "bob@example.org";
    public const string Officer = "officer@example.org";
    public const string Second = "second@example.org";
    public const string Password = "correct horse";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public IRunningProduct Product => product;

    /// <summary>Makes two users, an officer with all roles, and a second one who may hold and release.</summary>
    public static async Task<OfficerDesk> OpenAsync(IRunningProduct product)
    {
        var desk = new OfficerDesk(product);
        foreach (var user in new[] { Ada, Bob, Officer, Second }) await desk.AddAsync(user);
        foreach (var role in new[] { "case-custodians", "case-search", "case-export", "case-audit" }) await desk.GrantAsync(role, Officer);
        await desk.GrantAsync("case-custodians", Second);
        return desk;
    }

    public async Task AddAsync(string user) => (await product.AdminAsync(Password + "\n", "account", "add", user, "--password-stdin")).Succeeded();

    public async Task GrantAsync(string role, string user) => (await product.AdminAsync("", "role", "grant", role, user)).Succeeded();

    public Task<ProgramResult> TryAsync(string user, params string[] command) =>
        product.AdminAsync(Password + "\n", [.. command, "--user", user, "--password-stdin"]);

    public async Task<ProgramResult> RunAsync(string user, params string[] command) => (await TryAsync(user, command)).Succeeded();

    /// <summary>A case about one mailbox, Ada's.</summary>
    public async Task<string> CaseAsync(string name)
    {
        var id = (await RunAsync(Officer, "case", "create", name)).Output.Trim();
        await RunAsync(Officer, "case", "custodian", id, Ada);
        return id;
    }

    public async Task<JsonElement> SearchAsync(string id, string query, params string[] options) =>
        JsonDocument.Parse((await RunAsync(Officer, ["case", "search", id, query, .. options, "--json"])).Output).RootElement;

    public async Task<string?[]> HoldsAsync(string id) =>
    [
        .. JsonDocument.Parse((await RunAsync(Officer, "case", "show", id, "--json")).Output).RootElement
            .GetProperty("custodians").EnumerateArray().Select(c => c.GetProperty("hold").GetString()),
    ];

    /// <summary>The types of the events in the case's log, in order.</summary>
    public async Task<IReadOnlyList<string>> LogAsync(string id) =>
    [
        .. (await RunAsync(Officer, "case", "log", id)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetProperty("type").GetString()!),
    ];

    public async Task DeliverAsync(string to, byte[] message)
    {
        using var lmtp = await RawLmtp.ConnectAsync(product.LmtpPort, Cancellation);
        Assert.StartsWith("250 ", Assert.Single(await lmtp.DeliverAsync("someone@example.net", [to], message, Cancellation)));
    }

    public async Task ExpungeAllAsync(string user)
    {
        using var imap = await RawImap.LoggedInAsync(product.ImapPort, user, Password, Cancellation);
        (await imap.RunAsync("SELECT INBOX", Cancellation)).Ok();
        (await imap.RunAsync("STORE 1:* +FLAGS.SILENT (\\Deleted)", Cancellation)).Ok();
        (await imap.RunAsync("EXPUNGE", Cancellation)).Ok();
    }

    /// <summary>The files of an export are those its manifest names, and no others are named.</summary>
    public static async Task ChecksAsync(string folder)
    {
        var start = Programs.Describe("sha256sum", ["--check", "--strict", "manifest.sha256"]);
        start.WorkingDirectory = folder;
        (await Programs.RunAsync(start, ReadOnlyMemory<byte>.Empty, Cancellation)).Succeeded();
    }
}
