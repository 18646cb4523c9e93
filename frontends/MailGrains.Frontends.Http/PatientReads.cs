using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Mailboxes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MailGrains.Frontends.Http;

/// <summary>A GET whose silo went away is made again, as long as nothing of its answer was written; anything else might be done twice.</summary>
internal static class PatientReads
{
    internal static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var patience = new Patience(http.RequestServices.GetRequiredService<TimeProvider>());
        while (true)
        {
            try
            {
                return await next(context);
            }
            catch (Exception failed) when (MayRepeat(http) && patience.AllowsRepetition(FailureOf(failed)))
            {
                await patience.PauseAsync(http.RequestAborted);
            }
        }
    }

    /// <summary>A mailbox that moves forgets the sessions of reads; one that is made again opens its own.</summary>
    private static CallFailure FailureOf(Exception failed) =>
        failed is MailboxException { Error: MailboxError.UnknownSession } ? CallFailure.NotDone : CallFailures.Of(failed);

    private static bool MayRepeat(HttpContext http) => HttpMethods.IsGet(http.Request.Method) && !ApiError.HasBegun(http.Response);
}
