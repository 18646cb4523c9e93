using MailGrains.Authentication;

namespace MailGrains.Frontends.Authentication;

/// <summary>A SCRAM exchange in progress.</summary>
public sealed class ScramLogin
{
    private readonly ScramExchange _exchange;
    private readonly Func<bool, CancellationToken, Task<LoginResult>> _conclude;

    internal ScramLogin(ScramExchange exchange, string challenge, Func<bool, CancellationToken, Task<LoginResult>> conclude)
    {
        _exchange = exchange;
        _conclude = conclude;
        Challenge = challenge;
    }

    /// <summary>The server-first-message, to be sent base64-encoded.</summary>
    public string Challenge { get; }

    /// <summary>Checks the client's final message. With an accepted login comes the server-final-message, to be sent before the OK.</summary>
    public async Task<(LoginResult Result, string? ServerFinal)> FinishAsync(string clientFinal, CancellationToken cancellation)
    {
        var serverFinal = _exchange.Finish(clientFinal);
        var result = await _conclude(serverFinal is not null, cancellation);
        return (result, result.Outcome == LoginOutcome.Accepted ? serverFinal : null);
    }
}
