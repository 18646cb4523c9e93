using System.CommandLine;
using MailGrains.Cli.Api;

namespace MailGrains.Cli.Commands;

/// <summary>folder list|create|delete|rename</summary>
internal static class FolderCommands
{
    private static readonly Argument<string> Folder = new("folder") { Description = "Full name, levels separated by '/'." };

    public static Command Create()
    {
        var list = new Command("list", "List an account's folders.") { AccountCommands.Name };
        list.Runs(async (parsed, api, cancellation) => Listing.Print(
            parsed,
            await api.GetAsync<List<Folder>>(Path(parsed), cancellation),
            ("Folder", f => f.Path),
            ("Use", f => f.SpecialUse),
            ("Messages", f => f.Messages),
            ("Unseen", f => f.Unseen),
            ("Octets", f => f.SizeBytes)));

        var use = new Option<string?>("--special-use") { Description = "Archive, Drafts, Flagged, Junk, Sent or Trash." };
        var create = new Command("create", "Create a folder.") { AccountCommands.Name, Folder, use };
        create.Runs((parsed, api, cancellation) =>
        {
            var special = parsed.GetValue(use) is { } name ? "&specialUse=" + AdminApi.Segment(name) : "";
            return api.CallAsync(HttpMethod.Post, $"{Path(parsed)}?path={Query(parsed, Folder)}{special}", null, cancellation);
        });

        var delete = new Command("delete", "Delete a folder with its messages.") { AccountCommands.Name, Folder };
        delete.Runs((parsed, api, cancellation) => api.CallAsync(HttpMethod.Delete, $"{Path(parsed)}?path={Query(parsed, Folder)}", null, cancellation));

        var to = new Argument<string>("to") { Description = "The new full name." };
        var rename = new Command("rename", "Rename a folder and those below it.") { AccountCommands.Name, Folder, to };
        rename.Runs((parsed, api, cancellation) => api.CallAsync(
            HttpMethod.Post, $"{Path(parsed)}/rename?from={Query(parsed, Folder)}&to={Query(parsed, to)}", null, cancellation));

        return new Command("folder", "Folders of an account.") { list, create, delete, rename };
    }

    private static string Path(ParseResult parsed) => AccountCommands.Path(parsed.GetValue(AccountCommands.Name)!) + "/folders";

    private static string Query(ParseResult parsed, Argument<string> argument) => AdminApi.Segment(parsed.GetValue(argument)!);
}
