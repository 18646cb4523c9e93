using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Http;

/// <summary>Everything this project logs; event ids 4900–4999.</summary>
internal static partial class Log
{
    [LoggerMessage(4900, LogLevel.Error, "The call {Method} of the changelog failed")]
    public static partial void CallFailed(ILogger logger, Exception failure, string method);
}
