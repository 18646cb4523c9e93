using Microsoft.Extensions.Logging.Console;

namespace MailGrains.Hosting;

internal static class NodeLogging
{
    public static void Configure(ILoggingBuilder logging, IConfiguration file, bool asJson)
    {
        logging.AddConfiguration(file.GetSection("Logging"));

        // Its first check after the start always reports the whole uptime as lateness.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.None);

        // A start that fails is told once, by the program itself.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        if (asJson)
        {
            logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
            return;
        }

        logging.AddSimpleConsole(text =>
        {
            text.SingleLine = true;
            text.UseUtcTimestamp = true;
            text.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            text.ColorBehavior = LoggerColorBehavior.Disabled;
        });
    }
}
