using MailGrains.Verify;
using Xunit;

namespace MailGrains.Evidence.Tests.Verification;

/// <summary>Runs mailgrains-verify as its command line does.</summary>
internal static class Verifier
{
    public static string Key => TestKeys.Golden.Verifier.ToString();

    public static async Task<Verdict> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await VerifyCommand.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        return new Verdict(code, output.ToString(), error.ToString());
    }

    /// <summary>With the key from elsewhere.</summary>
    public static Task<Verdict> CheckAsync(string folder, params string[] further) => RunAsync([folder, "--key", Key, .. further]);
}
