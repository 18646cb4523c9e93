using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Frontends.Http;

/// <summary>The body of every failed call of the admin API: a code for programs, a sentence for people.</summary>
public sealed record ApiError(string Error, string Message)
{
    /// <summary>A silo that was killed is replaced within this time, and most that hang are.</summary>
    private const string RetryAfterSeconds = "5";

    internal static IResult Result(int status, string error, string message) => Results.Json(new ApiError(error, message), statusCode: status);

    internal static IResult BadRequest(string message) => Result(StatusCodes.Status400BadRequest, "bad-request", message);

    internal static IResult NotFound(string message) => Result(StatusCodes.Status404NotFound, "not-found", message);

    /// <summary>
    /// Turns what grains throw, and that they can't be reached, into answers; anything else stays an error 500 without details. An answer that has begun
    /// is cut off.
    /// </summary>
    internal static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (CaseException refused)
        {
            return Result(StatusOf(refused.Error), refused.Error.ToString(), refused.Message);
        }
        catch (DirectoryException refused)
        {
            return Result(StatusOf(refused.Error), refused.Error.ToString(), refused.Message);
        }
        catch (MailboxException refused) when (!HasBegun(context.HttpContext.Response))
        {
            return Answer(context.HttpContext, StatusOf(refused), refused.Error.ToString(), refused.Message);
        }
        catch (Exception failed) when (CallFailures.Of(failed) != CallFailure.Refused && !HasBegun(context.HttpContext.Response))
        {
            return Answer(context.HttpContext, StatusCodes.Status503ServiceUnavailable, "unavailable", HttpMethods.IsGet(context.HttpContext.Request.Method)
                ? "A server of the cluster does not answer; try again in a few seconds."
                : "A server of the cluster does not answer; this may have been done all the same, so look before you try again in a few seconds.");
        }
    }

    /// <summary>Something of the answer is written, if not sent: there is no way back to another.</summary>
    internal static bool HasBegun(HttpResponse response) => response.HasStarted || response.BodyWriter.UnflushedBytes > 0;

    private static IResult Answer(HttpContext http, int status, string error, string message)
    {
        if (status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Result(status, error, message);
    }

    private static int StatusOf(CaseError error) => error switch
    {
        CaseError.NotFound => StatusCodes.Status404NotFound,
        CaseError.BadRequest => StatusCodes.Status400BadRequest,
        CaseError.SecondPerson => StatusCodes.Status403Forbidden,
        CaseError.NoArchive => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status409Conflict,
    };

    private static int StatusOf(DirectoryError error) => error switch
    {
        DirectoryError.NotFound => StatusCodes.Status404NotFound,
        DirectoryError.BadName or DirectoryError.OutsideLog => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    };

    private static int StatusOf(MailboxException refused) => refused.Error switch
    {
        MailboxError.NonExistent => StatusCodes.Status404NotFound,
        MailboxError.AlreadyExists => StatusCodes.Status409Conflict,
        MailboxError.OverQuota => StatusCodes.Status507InsufficientStorage,
        MailboxError.TooBig => StatusCodes.Status413PayloadTooLarge,
        _ when refused.IsTemporary || refused.Error == MailboxError.UnknownSession => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
