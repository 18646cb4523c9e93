using MailGrains.Verify;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    stop.Cancel();
};
return await VerifyCommand.RunAsync(args, Console.Out, Console.Error, stop.Token);
