using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Messages;

/// <summary>/api/accounts/{name}/messages: whole messages in and out.</summary>
internal sealed class MessageEndpoints(MessageImport import, MessageExport export)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/accounts/{name}/messages", import.HandleAsync);
        api.MapGet("/accounts/{name}/messages", export.HandleAsync);
    }
}
