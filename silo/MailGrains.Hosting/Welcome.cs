using System.Net;
using MailGrains.Frontends.Connections;
using MailGrains.Hosting.Settings;

namespace MailGrains.Hosting;

/// <summary>What the terminal shows once every listener accepts.</summary>
internal static class Welcome
{
    public static async Task WriteAsync(WebApplication app, NodeSettings settings)
    {
        if (settings.Demo) await ActivatorUtilities.CreateInstance<DemoAccounts>(app.Services).CreateAsync();

        var lines = new List<string> { "", $"MailGrains {NodeProgram.Version}, data in {Path.GetFullPath(settings.DataPath)}", "" };
        lines.AddRange(Listeners(settings).Select(l => $"  {l.Name,-6} {l.EndPoint}"));
        lines.Add("");
        lines.AddRange(Hints(settings));
        lines.Add("MailGrains ready");
        Console.WriteLine(string.Join(Environment.NewLine, lines));
    }

    private static IEnumerable<(string Name, EndPoint EndPoint)> Listeners(NodeSettings settings) =>
        new[] { ("LMTP", settings.LmtpListen), ("IMAP", settings.ImapListen), ("IMAPS", settings.ImapsListen), ("HTTP", settings.HttpListen),
            ("HTTPS", settings.HttpsListen) }
            .SelectMany(l => ListenEndPoint.ParseList(l.Item2).Select(e => (l.Item1, e)));

    private static IEnumerable<string> Hints(NodeSettings settings)
    {
        if (!settings.Demo)
        {
            yield return "An account:  ./mailgrains account add alice@example.org";
            yield return "";
            yield break;
        }

        var user = DemoAccounts.Addresses[0];
        yield return $"Accounts {string.Join(" and ", DemoAccounts.Addresses)}, password \"{DemoAccounts.Password}\". To try it:";
        if (settings.LmtpListen.Length > 0)
            yield return $"  swaks --protocol LMTP --server {First(settings.LmtpListen)} --to {user}";
        if (settings.ImapListen.Length > 0)
            yield return $"  mutt -f imap://{user.Replace("@", "%40", StringComparison.Ordinal)}@{First(settings.ImapListen)}/";
        if (settings.HttpListen.Length > 0)
        {
            var token = Path.Combine(settings.DataPath, "admin-token");
            yield return $"  http://{First(settings.HttpListen)}/dashboard  (user admin, password: the content of {token})";
        }

        yield return "";
    }

    private static string First(string listen) => listen.Split(',')[0].Trim();
}
