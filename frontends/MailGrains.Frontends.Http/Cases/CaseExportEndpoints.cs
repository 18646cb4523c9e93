using System.Formats.Tar;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MailGrains.Compliance.Export;
using MailGrains.Compliance.Search;
using MailGrains.Discovery.Queries;
using MailGrains.Frontends.Http.Evidence;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Cases;

/// <summary>
/// Exports of what searches of a case found. An export is written into a folder of the node that was asked; another node writes it again when it is fetched
/// there, which gives the same files, or says that it doesn't.
/// </summary>
internal sealed class CaseExportEndpoints(
    CaseCalls calls, CaseSearching searching, IBodyIndex bodyIndex, IBodyReader bodies, EvidenceFiles files) : IDisposable
{
    /// <summary>One is written at a time.</summary>
    private const string UnfinishedPrefix = ".case-";

    private static readonly JsonSerializerOptions s_about = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly SemaphoreSlim _writing = new(1);

    public void Map(IEndpointRouteBuilder cases)
    {
        var exports = cases.MapGroup("").AddEndpointFilter(OfficerAccess.Needs(CaseRoles.Export));
        exports.MapPost("/{id:guid}/exports", CreateAsync);
        exports.MapGet("/{id:guid}/exports/{number:int}/files", FilesAsync);
    }

    public void Dispose() => _writing.Dispose();

    private static string About(CaseState state, CaseSearch search, string? tag, string format) => JsonSerializer.Serialize(
        new
        {
            Case = state.Id.ToString(),
            CaseName = state.Name,
            Search = search.Number,
            search.Query,
            search.AsOf,
            Tag = tag,
            Format = format,
            Custodians = search.Custodians.Zip(search.Sequences).Select(p => new
            {
                Number = p.First,
                Account = state.Custodian(p.First)!.Account.Value.ToString(),
                state.Custodian(p.First)!.Address,
                Sequence = p.Second,
            }),
        },
        s_about) + "\n";

    private async Task<IResult> CreateAsync(Guid id, ExportRequest request, HttpContext http, CancellationToken cancellation)
    {
        var state = await calls.FindAsync(id);
        var format = request.Format ?? "eml";
        if (!ExportFormats.Names.Contains(format)) return ApiError.BadRequest($"The format is one of {string.Join(", ", ExportFormats.Names)}.");
        if (request.Search < 1 || request.Search > state.Searches.Length) return ApiError.NotFound($"There is no search {request.Search}.");
        if (request.Tag is { } tag && !state.Tags.ContainsKey(tag)) return ApiError.NotFound($"Nothing has the tag '{tag}'.");
        CaseCalls.Open(state);
        await _writing.WaitAsync(cancellation);
        try
        {
            var unfinished = Unfinished(id);
            var (items, sha256) = await WriteAsync(unfinished, state, state.Searches[request.Search - 1], request.Tag, format, cancellation);
            var export = new CaseExport
            {
                Search = request.Search,
                Tag = request.Tag,
                Format = format,
                Items = items,
                Sha256 = sha256,
                CaseSequence = state.Sequence,
            };
            var number = await calls.ActAsync(http, id, (grain, act) => grain.RecordExportAsync(export, act));
            Keep(unfinished, FolderOf(id, number));
            return Results.Ok(CaseExportView.Of((await calls.FindAsync(id)).Exports[number - 1]));
        }
        finally
        {
            EndWriting();
        }
    }

    /// <summary>The files as a tar archive. That somebody was given them is written down each time, before it begins.</summary>
    private async Task<IResult> FilesAsync(Guid id, int number, HttpContext http, CancellationToken cancellation)
    {
        var state = await calls.FindAsync(id);
        if (number < 1 || number > state.Exports.Length) return ApiError.NotFound($"There is no export {number}.");
        var (folder, export) = (FolderOf(id, number), state.Exports[number - 1]);
        await _writing.WaitAsync(cancellation);
        try
        {
            if (!CaseExportWriter.IsIntact(folder, export.Sha256))
            {
                var unfinished = Unfinished(id);
                var then = await calls.FindAsOfAsync(id, export.CaseSequence);
                var (_, sha256) = await WriteAsync(unfinished, then, state.Searches[export.Search - 1], export.Tag, export.Format, cancellation);
                if (sha256 != export.Sha256) return Differs(export, sha256);
                Keep(unfinished, folder);
            }
        }
        finally
        {
            EndWriting();
        }

        await calls.RecordAsync(http, id, (grain, act) => grain.RecordFetchAsync(number, act));
        return Results.Stream(
            stream => TarFile.CreateFromDirectoryAsync(folder, stream, includeBaseDirectory: false, cancellation), "application/x-tar", $"case-{number}.tar");
    }

    private static void Keep(string unfinished, string folder)
    {
        if (System.IO.Directory.Exists(folder)) System.IO.Directory.Delete(folder, recursive: true);
        System.IO.Directory.Move(unfinished, folder);
    }

    private static IResult Differs(CaseExport export, string sha256) => ApiError.Result(
        StatusCodes.Status409Conflict,
        "differs",
        $"Made again, this export has the manifest {sha256}, not {export.Sha256}: retention has removed messages. Make a new one.");

    private async Task<(long Items, string Sha256)> WriteAsync(
        string folder, CaseState state, CaseSearch search, string? tag, string format, CancellationToken cancellation)
    {
        PrivateFiles.CreateFolder(files.Exports);
        return await new CaseExportWriter(bodyIndex, bodies).WriteAsync(
            folder, format, About(state, search, tag, format), ItemsAsync(state, search, cancellation), found => TagsOf(state, found, tag), cancellation);
    }

    /// <summary>Of an export that has not got its name, whatever went wrong, nothing is left; nor of those a process left that was killed.</summary>
    private void EndWriting()
    {
        try
        {
            if (!System.IO.Directory.Exists(files.Exports)) return;
            foreach (var left in System.IO.Directory.GetDirectories(files.Exports, UnfinishedPrefix + "*")) System.IO.Directory.Delete(left, recursive: true);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>null: it is not to be exported.</summary>
    private static IReadOnlyList<string>? TagsOf(CaseState state, FoundItem found, string? wanted)
    {
        var item = new ItemId(found.Mailbox.Number, found.Email);
        string[] tags = [.. state.Tags.Where(t => t.Value.Contains(item)).Select(t => t.Key)];
        return wanted is null || tags.Contains(wanted) ? tags : null;
    }

    private async IAsyncEnumerable<FoundItem> ItemsAsync(CaseState state, CaseSearch search, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var page in searching.RunAsync(Query.Parse(search.Query), CaseSearching.MailboxesOf(state, search), cancellation))
        {
            foreach (var item in page.Items) yield return item;
        }
    }

    private string FolderOf(Guid id, int number) => Path.Combine(files.Exports, $"case-{id}-{number}");

    private string Unfinished(Guid id) => Path.Combine(files.Exports, $"{UnfinishedPrefix}{id}-{Guid.NewGuid():N}");
}
