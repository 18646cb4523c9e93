using System.Net;
using MailGrains.TestKit;
using MailGrains.TestKit.Processes;

namespace MailGrains.Evidence.Tests.TimeStamps;

/// <summary>A time stamp authority on this machine: OpenSSL's behind a little HTTP.</summary>
internal sealed class LocalAuthority : IAsyncDisposable
{
    private const string Configuration = """
        [tsa]
        default_tsa = here
        [here]
        serial = serial
        signer_digest = sha256
        default_policy = 1.2.3.4.1
        digests = sha256
        ess_cert_id_alg = sha256
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly HttpListener _http = new();
    private Task _serving = Task.CompletedTask;

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public string Certificate => Path.Combine(_folder.Path, "certificate.pem");

    /// <summary>It answers with an error.</summary>
    public bool IsDown { get; set; }

    public int Asked { get; private set; }

    public static async Task<LocalAuthority> StartAsync()
    {
        var authority = new LocalAuthority();
        await File.WriteAllTextAsync(Path.Combine(authority._folder.Path, "tsa.cnf"), Configuration);
        await authority.OpenSslAsync(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "certificate.pem", "-days", "30", "-subj", "/CN=Test TSA",
            "-addext", "extendedKeyUsage=critical,timeStamping", "-addext", "keyUsage=critical,digitalSignature");
        authority.Listen();
        return authority;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Close();
        await _serving;
        _folder.Dispose();
    }

    private void Listen()
    {
        var port = FreePorts.Take();
        Address = new Uri($"http://127.0.0.1:{port}/");
        _http.Prefixes.Add(Address.ToString());
        _http.Start();
        _serving = ServeAsync();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _http.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Asked++;
            await AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var isQuery = context.Request.ContentType == "application/timestamp-query";
        if (IsDown || !isQuery)
        {
            context.Response.StatusCode = IsDown ? 503 : 415;
        }
        else
        {
            await using (var query = File.Create(Path.Combine(_folder.Path, "query.tsq"))) await context.Request.InputStream.CopyToAsync(query);
            await OpenSslAsync(
                "ts", "-reply", "-queryfile", "query.tsq", "-signer", "certificate.pem", "-inkey", "key.pem", "-config", "tsa.cnf", "-out", "reply.tsr");
            context.Response.ContentType = "application/timestamp-reply";
            await context.Response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(Path.Combine(_folder.Path, "reply.tsr")));
        }

        context.Response.Close();
    }

    private async Task OpenSslAsync(params string[] arguments)
    {
        var start = Programs.Describe("openssl", arguments);
        start.WorkingDirectory = _folder.Path;
        var result = await Programs.RunAsync(start, ReadOnlyMemory<byte>.Empty, CancellationToken.None);
        if (result.ExitCode != 0) throw new InvalidOperationException(result.ToString());
    }
}
