using System.Text.RegularExpressions;
using MailGrains.Evidence.Export;
using MailGrains.Evidence.Signing;
using MailGrains.Frontends.Http.Messages;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MailGrains.Frontends.Http.Evidence;

/// <summary>/api/evidence: the key of the log, everything that was signed, and exports that mailgrains-verify checks.</summary>
internal sealed partial class EvidenceEndpoints(EvidenceFiles files, IEventLog log, IGrainFactory grains, IServiceProvider services) : IDisposable
{
    /// <summary>No name of an export.</summary>
    private const string Unfinished = ".unfinished";

    private readonly SemaphoreSlim _exporting = new(1);
    private readonly LogSigner? _signer = services.GetService<LogSigner>();

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/evidence/key", Key);
        api.MapGet("/evidence/checkpoints", CheckpointsAsync);
        api.MapGet("/evidence/heads", HeadsAsync);
        api.MapPost("/evidence/accept-break", AcceptBreakAsync);
        api.MapPost("/evidence/exports/{name}", ExportAsync);
    }

    public void Dispose() => _exporting.Dispose();

    internal static IResult Broken(LogBrokenException broken) => ApiError.Result(StatusCodes.Status409Conflict, "log-broken", broken.Message);

    internal static IResult NoKey() => ApiError.Result(
        StatusCodes.Status409Conflict, "no-key", "Nodes of a cluster sign with one key: give all of them the same file as Evidence:Key.");

    private IResult Key() => _signer is null ? NoKey() : Results.Ok(new LogKeyView(_signer.Key.Name, _signer.Key.ToString()));

    private async Task<IResult> CheckpointsAsync(CancellationToken cancellation)
    {
        if (_signer is null) return NoKey();
        try
        {
            var head = await _signer.SignAsync(cancellation);
            return Results.Ok(_signer.CheckpointsOf(head).Select(c => new CheckpointView(c.Partition, c.Size, c.Note.ToString())));
        }
        catch (LogBrokenException broken)
        {
            return Broken(broken);
        }
    }

    private async Task<IResult> HeadsAsync(CancellationToken cancellation)
    {
        if (_signer is null) return NoKey();
        var heads = new List<HeadView>();
        await foreach (var kept in _signer.ReadHeadsAsync(cancellation))
            heads.Add(HeadView.Of(kept.Number, SignedHead.TryParse(kept.Octets, _signer.Key, out var head) ? head.Head : null, kept.Octets, kept.Stamp));
        return Results.Ok(heads);
    }

    private async Task<IResult> AcceptBreakAsync(BreakRequest request, CancellationToken cancellation)
    {
        if (_signer is null) return NoKey();
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > LogBreak.MaxLength)
            return ApiError.BadRequest($"A reason is needed, of up to {LogBreak.MaxLength} characters.");
        try
        {
            return await _signer.AcceptBreakAsync(request.Reason, cancellation) is { } head
                ? Results.Ok(HeadView.Of(head.Head.Number, head.Head, head.Octets, null))
                : ApiError.Result(StatusCodes.Status409Conflict, "not-broken", "The log is the continuation of what was signed: there is nothing to accept.");
        }
        catch (LogBrokenException broken)
        {
            return Broken(broken);
        }
    }

    private async Task<IResult> ExportAsync(string name, HttpContext http, CancellationToken cancellation)
    {
        if (_signer is null) return NoKey();
        if (!ExportName().IsMatch(name)) return ApiError.BadRequest("An export's name has up to 64 letters, digits, dots, hyphens and underscores.");
        if (services.GetService<IBodyIndex>() is not { } index)
            return ApiError.Result(StatusCodes.Status409Conflict, "not-here", "This node has no mailboxes; ask a silo.");
        if (!await _exporting.WaitAsync(TimeSpan.Zero, cancellation))
            return ApiError.Result(StatusCodes.Status409Conflict, "busy", "Another export is being written; try again when it is done.");
        try
        {
            return await WriteAsync(_signer, index, name, http, cancellation);
        }
        finally
        {
            _exporting.Release();
        }
    }

    /// <summary>The folder gets its name when all of it is written; of one that fails nothing is left.</summary>
    private async Task<IResult> WriteAsync(LogSigner signer, IBodyIndex index, string name, HttpContext http, CancellationToken cancellation)
    {
        var folder = Path.Combine(files.Exports, name);
        if (System.IO.Directory.Exists(folder)) return ApiError.Result(StatusCodes.Status409Conflict, "already-exists", $"There is an export {name} already.");

        // It has the messages of all mailboxes: the directory's log is that of all.
        await AccessRecord.WriteAsync(
            http, grains.GetGrain<IMailboxGrain>(DirectoryLog.Id.Value), EventDetails.None.With("what", "evidence").With("export", name));
        PrivateFiles.CreateFolder(files.Exports);
        var bodies = new StoredBodies(index, services.GetRequiredService<IBodyReader>());
        var unfinished = Path.Combine(files.Exports, Unfinished);
        if (System.IO.Directory.Exists(unfinished)) System.IO.Directory.Delete(unfinished, recursive: true);
        ExportReport report;
        var notSigned = await SignAsync(signer, cancellation);
        try
        {
            var options = new ExportOptions(signer.Key.Name, signer.Key) { ReadStarts = signer.ReadStartsAsync };
            report = await new EvidenceExport(log, signer, bodies, options).WriteAsync(unfinished, cancellation);
        }
        catch (Exception failure)
        {
            System.IO.Directory.Delete(unfinished, recursive: true);
            if (Refused(failure) is { } refused) return refused;
            throw;
        }

        System.IO.Directory.Move(unfinished, folder);
        return Results.Ok(new ExportView(
            folder, report.Events, report.Checkpoints, report.Bodies, report.Collected, [.. report.Damaged.Select(d => d.ToString())], notSigned));
    }

    /// <summary>Why there is no export; null: nobody can say.</summary>
    private static IResult? Refused(Exception failure) => failure switch
    {
        ExportOvertakenException => ApiError.Result(StatusCodes.Status409Conflict, "overtaken", failure.Message),
        InvalidDataException => ApiError.Result(StatusCodes.Status409Conflict, "log-damaged", failure.Message),
        _ => null,
    };

    /// <summary>A log that is not signed any more is exported all the same: the verifier names what was done to it.</summary>
    private static async Task<string?> SignAsync(LogSigner signer, CancellationToken cancellation)
    {
        try
        {
            await signer.SignAsync(cancellation);
            return null;
        }
        catch (LogBrokenException broken)
        {
            return broken.Message;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex ExportName();
}
