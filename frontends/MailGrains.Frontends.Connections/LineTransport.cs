using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace MailGrains.Frontends.Connections;

/// <summary>What a <see cref="LineConnection"/> needs of the transport below it.</summary>
internal readonly record struct LineTransport(IDuplexPipe Pipe, MemoryPool<byte>? Pool, Action Abort, CancellationToken Closed)
{
    public static LineTransport Of(ConnectionContext context) =>
        new(context.Transport, context.Features.Get<IMemoryPoolFeature>()?.MemoryPool, context.Abort, context.ConnectionClosed);
}
