using System.Text;
using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Proofs;
using MailGrains.Evidence.Signing;
using MailGrains.Model;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MailGrains.Frontends.Http.Evidence;

/// <summary>/api/evidence/proof: that the event of a receipt is in the log.</summary>
internal sealed class ProofEndpoints(IServiceProvider services)
{
    private readonly EventProver? _prover = services.GetService<EventProver>();

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/evidence/proof/{receipt}", (string receipt, CancellationToken cancellation) => ProveAsync(receipt, null, cancellation));
        api.MapPost("/evidence/proof/{receipt}", ContinueAsync);
    }

    /// <summary>With the checkpoint as the request's body that the proof is to continue.</summary>
    private async Task<IResult> ContinueAsync(string receipt, HttpRequest request, CancellationToken cancellation)
    {
        var note = new byte[SignedNote.MaxLength + 1];
        var length = await request.Body.ReadAtLeastAsync(note, note.Length, throwOnEndOfStream: false, cancellation);
        return length > SignedNote.MaxLength
            ? ApiError.BadRequest("That is no checkpoint: it is too long.")
            : await ProveAsync(receipt, Encoding.UTF8.GetString(note, 0, length), cancellation);
    }

    private async Task<IResult> ProveAsync(string text, string? since, CancellationToken cancellation)
    {
        if (_prover is null) return EvidenceEndpoints.NoKey();
        if (!Receipt.TryParse(text, out var receipt)) return ApiError.BadRequest("That is no receipt: it begins with r1.");
        try
        {
            return Results.Text((await _prover.ProveAsync(receipt, since, cancellation)).ToString(), "text/plain", Encoding.UTF8);
        }
        catch (ProofRefusedException refused)
        {
            return ApiError.Result(StatusOf(refused.Refusal), refused.Refusal.ToString(), refused.Message);
        }
        catch (LogBrokenException broken)
        {
            return EvidenceEndpoints.Broken(broken);
        }
    }

    private static int StatusOf(ProofRefusal refusal) => refusal switch
    {
        ProofRefusal.NoEvent => StatusCodes.Status404NotFound,
        ProofRefusal.NoCheckpoint => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    };
}
