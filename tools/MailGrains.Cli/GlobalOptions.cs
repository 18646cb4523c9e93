using System.CommandLine;

namespace MailGrains.Cli;

/// <summary>Options every command takes.</summary>
internal static class GlobalOptions
{
    private static readonly Option<string?> Server = new("--server")
    {
        Description = "The server's HTTP address; else MAILGRAINS_SERVER, else http://127.0.0.1:8080.",
        Recursive = true,
    };

    private static readonly Option<string> Data = new("--data")
    {
        Description = "The server's data folder, where the admin token is read from unless MAILGRAINS_TOKEN is set.",
        DefaultValueFactory = _ => "./data",
        Recursive = true,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON.", Recursive = true };

    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Server);
        root.Options.Add(Data);
        root.Options.Add(Json);
        root.Description += """

            Exit codes: 0 done; 1 the server refused or is not available at the moment, or some messages could not be handled;
            2 wrong command line or file; 3 no server answers; 4 the admin token, or an officer's password, is missing or wrong.
            """;
    }

    public static bool IsJson(ParseResult parsed) => parsed.GetValue(Json);

    /// <exception cref="CommandFailedException">No token can be found, or the address is no URL.</exception>
    public static (Uri Server, string Token) Connection(ParseResult parsed)
    {
        var server = Address(parsed);
        var token = Environment.GetEnvironmentVariable("MAILGRAINS_TOKEN");
        if (string.IsNullOrWhiteSpace(token)) token = ReadToken(Path.Combine(parsed.GetValue(Data)!, "admin-token"));
        return (server, token.Trim());
    }

    /// <exception cref="CommandFailedException">The address is no URL.</exception>
    public static Uri Address(ParseResult parsed)
    {
        var address = parsed.GetValue(Server) ?? Environment.GetEnvironmentVariable("MAILGRAINS_SERVER") ?? "http://127.0.0.1:8080";
        return Uri.TryCreate(address, UriKind.Absolute, out var server) && server.Scheme is ("http" or "https")
            ? server
            : throw new CommandFailedException(ExitCode.Usage, $"'{address}' is no address such as http://127.0.0.1:8080.");
    }

    private static string ReadToken(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(
                ExitCode.Unauthorized, $"No admin token: set MAILGRAINS_TOKEN, or name the server's data folder with --data ({file} can't be read).");
        }
    }
}
