using System.Reflection;
using MailGrains.Hosting.Settings;
using MailGrains.Hosting.Stores;
using MailGrains.Storage;
using Microsoft.Extensions.Options;

namespace MailGrains.Hosting;

/// <summary>The command: reads the configuration, starts everything, waits for the end. Exit codes: 0 stopped as asked, 1 failed, 2 can't start so.</summary>
public static class NodeProgram
{
    private const int Failed = 1;
    private const int CannotStart = 2;

    /// <summary>More than the host has, for what is closed after it.</summary>
    private static readonly TimeSpan AfterShutdown = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(INodeRole role, string[] arguments)
    {
        if (arguments.Contains("--help") || arguments.Contains("-h"))
        {
            HelpText.Write(Console.Out, role);
            return 0;
        }

        if (arguments.Contains("--version"))
        {
            Console.WriteLine("MailGrains " + Version);
            return 0;
        }

        using var asked = new StopRequest();
        try
        {
            var file = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).Build();
            var settings = SettingsReader.Read(arguments, file, Environment.GetEnvironmentVariables());
            var data = DataFolder.Open(settings.DataPath);
            using var logging = LoggerFactory.Create(log => NodeLogging.Configure(log, file, settings.LogAsJson));
            await using var stores = await StoreOpening.OpenAsync(settings, role.Use, data, logging, asked.Token);
            asked.LeaveToHost();
            await using var app = NodeHost.Build(role, settings, file, data, stores);
            var longest = app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout + AfterShutdown;
            app.Lifetime.ApplicationStopping.Register(() => _ = EndInTimeAsync(longest, app.Logger));
            await app.StartAsync();
            await Welcome.WriteAsync(app, settings);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (OperationCanceledException) when (asked.Token.IsCancellationRequested)
        {
            return 0;
        }
        catch (StoreOpenException away) when (away.MayPass)
        {
            await Console.Error.WriteLineAsync("MailGrains has waited long enough (Storage:StartTimeout) and ends: " + away.Message);
            return Failed;
        }
        catch (Exception refused) when (Reason(refused) is { } reason)
        {
            await Console.Error.WriteLineAsync("MailGrains can't start: " + reason);
            return CannotStart;
        }
    }

    /// <summary>
    /// Without its database a silo can't leave the membership, and would try for ever. What was acknowledged is durable: the process may end as it is, and the
    /// other silos find that it has gone.
    /// </summary>
    private static async Task EndInTimeAsync(TimeSpan longest, ILogger log)
    {
        await Task.Delay(longest, TimeProvider.System);
        log.EndedUnfinished(longest);
        Environment.Exit(0);
    }

    public static string Version =>
        typeof(NodeProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>The one line for mistakes the user can mend; null for everything else, which deserves its stack trace.</summary>
    private static string? Reason(Exception refused) => refused switch
    {
        SettingsException or StoreOpenException or FormatException => refused.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } busy => busy.Message,
        System.Net.Sockets.SocketException socket => $"a listen address can't be used: {socket.Message}",
        AggregateException { InnerException: { } inner } => Reason(inner),
        InvalidDataException or FileLoadException => "appsettings.json can't be read: " + (refused.InnerException?.Message ?? refused.Message),
        _ => null,
    };
}
