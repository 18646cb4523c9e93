using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using Microsoft.AspNetCore.Http;

namespace MailGrains.Frontends.Http;

/// <summary>The body of every failed call of the admin API: a code for programs, a sentence for people.</summary>
public sealed record ApiError(string Error, string Message)
{
    internal static IResult Result(int status, string error, string message) => Results.Json(new ApiError(error, message), statusCode: status);

    internal static IResult BadRequest(string message) => Result(StatusCodes.Status400BadRequest, "bad-request", message);

    internal static IResult NotFound(string message) => Result(StatusCodes.Status404NotFound, "not-found", message);

    /// <summary>Turns what grains throw into answers; anything else stays an error 500 without details.</summary>
    internal static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (DirectoryException refused)
        {
            return Result(StatusOf(refused.Error), refused.Error.ToString(), refused.Message);
        }
        catch (MailboxException refused)
        {
            return Result(StatusOf(refused), refused.Error.ToString(), refused.Message);
        }
    }

    private static int StatusOf(DirectoryError error) => error switch
    {
        DirectoryError.NotFound => StatusCodes.Status404NotFound,
        DirectoryError.BadName => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    };

    private static int StatusOf(MailboxException refused) => refused.Error switch
    {
        MailboxError.NonExistent => StatusCodes.Status404NotFound,
        MailboxError.AlreadyExists => StatusCodes.Status409Conflict,
        MailboxError.OverQuota => StatusCodes.Status507InsufficientStorage,
        MailboxError.TooBig => StatusCodes.Status413PayloadTooLarge,
        _ when refused.IsTemporary => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
