using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Http;

/// <summary>Everything this project logs; event ids 4800–4899.</summary>
internal static partial class Log
{
    [LoggerMessage(4800, LogLevel.Error, "The call {Method} of the changelog failed")]
    public static partial void CallFailed(ILogger logger, Exception failure, string method);
}
