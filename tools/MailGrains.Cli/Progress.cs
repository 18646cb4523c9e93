using Spectre.Console;

namespace MailGrains.Cli;

/// <summary>A progress bar on standard error where there is a terminal; silence elsewhere.</summary>
internal static class Progress
{
    public static async Task RunAsync(string what, double total, Func<Action<double>, Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await work(_ => { });
            return;
        }

        await CommandRunner.Errors.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(what, maxValue: Math.Max(1, total));
                await work(task.Increment);
                task.Value = task.MaxValue;
            });
    }
}
