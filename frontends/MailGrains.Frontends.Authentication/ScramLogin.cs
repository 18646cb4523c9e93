using MailGrains.Authentication;
using MailGrains.Grains.Contracts.Directory;

namespace MailGrains.Frontends.Authentication;

/// <summary>A SCRAM exchange in progress.</summary>
public sealed class ScramLogin
{
    private readonly ScramExchange _exchange;
    private readonly AccountCredentials? _credentials;
    private readonly Func<LoginResult, Task> _record;

    internal ScramLogin(ScramExchange exchange, AccountCredentials? credentials, string challenge, Func<LoginResult, Task> record)
    {
        _exchange = exchange;
        _credentials = credentials;
        _record = record;
        Challenge = challenge;
    }

    /// <summary>The server-first-message, to be sent base64-encoded.</summary>
    public string Challenge { get; }

    /// <summary>Checks the client's final message. With an accepted login comes the server-final-message, to be sent before the OK.</summary>
    public async Task<(LoginResult Result, string? ServerFinal)> FinishAsync(string clientFinal)
    {
        var serverFinal = _exchange.Finish(clientFinal);
        var result = serverFinal is not null && _credentials is { Disabled: false }
            ? new LoginResult(LoginOutcome.Accepted, _credentials.Id, _credentials.Login)
            : LoginResult.Rejected;
        await _record(result);
        return (result, result.Outcome == LoginOutcome.Accepted ? serverFinal : null);
    }
}
