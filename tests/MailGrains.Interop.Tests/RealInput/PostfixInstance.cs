using System.Globalization;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.RealInput;

/// <summary>
/// A Postfix of its own: configuration, queue and ports apart from the machine's. Takes mail by SMTP on the loopback and hands all of it
/// to one LMTP server.
/// </summary>
internal sealed class PostfixInstance : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("mailgrains-postfix-").FullName;

    private PostfixInstance() => SmtpPort = FreePorts.Take();

    public int SmtpPort { get; }

    private string Config => Path.Combine(_root, "etc");

    /// <param name="transport">Such as <c>lmtp:inet:127.0.0.1:24</c>.</param>
    public static async Task<PostfixInstance> StartAsync(string transport)
    {
        SkipWhereItCannotRun();
        var postfix = new PostfixInstance();
        await postfix.ConfigureAsync(transport);
        (await Programs.RunAsync("postfix", "-c", postfix.Config, "start")).Succeeded();
        return postfix;
    }

    public static void SkipWhereItCannotRun()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Postfix starts as root only.");
        Assert.SkipWhen(Programs.Find("postfix") is null, "Postfix is not installed.");
    }

    /// <summary>What is still in the queue, for messages of failed tests.</summary>
    public async Task<string> QueueAsync() => (await Programs.RunAsync("postqueue", "-c", Config, "-p")).Output + await LogAsync();

    /// <summary>Returns when nothing is left in the queue: what was to be delivered again has been.</summary>
    public async Task EmptyAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!(await Programs.RunAsync("postqueue", "-c", Config, "-p")).Output.Contains("queue is empty", StringComparison.Ordinal))
            if (limit.IsCancellationRequested) throw new TimeoutException(await QueueAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Programs.RunAsync("postfix", "-c", Config, "stop");
        Directory.Delete(_root, recursive: true);
    }

    private async Task<string> LogAsync()
    {
        var path = Path.Combine(_root, "log", "mail.log");
        return File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
    }

    private async Task ConfigureAsync(string transport)
    {
        foreach (var folder in (string[])["etc", "queue", "data", "log"]) Directory.CreateDirectory(Path.Combine(_root, folder));
        // Postfix' processes are of a user of their own and must be able to come here.
        await Programs.RunAsync("chmod", "755", _root);
        await Programs.RunAsync("chown", "postfix", Path.Combine(_root, "data"));
        var settings = $"""
            compatibility_level = 3.6
            queue_directory = {_root}/queue
            data_directory = {_root}/data
            maillog_file = {_root}/log/mail.log
            maillog_file_prefixes = {_root}
            multi_instance_name = postfix-interop
            multi_instance_enable = yes
            inet_interfaces = loopback-only
            inet_protocols = ipv4
            myhostname = mta.example.net
            mydestination =
            mynetworks = 127.0.0.0/8
            relay_domains = example.org
            relay_transport = {transport}
            default_transport = {transport}
            alias_maps =
            alias_database =
            local_recipient_maps =
            smtpd_recipient_restrictions = permit_mynetworks, reject
            smtpd_client_message_rate_limit = 0
            strict_7bit_headers = no
            always_add_missing_headers = no
            local_header_rewrite_clients =
            message_size_limit = 52428800
            lmtp_destination_concurrency_limit = 8
            minimal_backoff_time = 2s
            maximal_backoff_time = 4s
            queue_run_delay = 2s

            """;
        await File.WriteAllTextAsync(Path.Combine(Config, "main.cf"), settings);
        await File.WriteAllTextAsync(Path.Combine(Config, "master.cf"), MasterText());
    }

    /// <summary>The services mail on its way through needs, none in a chroot.</summary>
    private string MasterText() => string.Create(CultureInfo.InvariantCulture, $"""
        127.0.0.1:{SmtpPort} inet n - n - - smtpd
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        verify unix - - n - 1 verify
        flush unix n - n 1000? 0 flush
        proxymap unix - - n - - proxymap
        lmtp unix - - n - - lmtp
        error unix - - n - - error
        retry unix - - n - - error
        showq unix n - n - - showq
        anvil unix - - n - 1 anvil
        scache unix - - n - 1 scache
        postlog unix-dgram n - n - 1 postlogd

        """);
}
