using MailGrains.Grains.Contracts.Calls;
using Orleans.Runtime;

namespace MailGrains.Frontends.Host;

/// <summary>
/// When a silo has gone, calls under way are given up at once: a client of the cluster does not know which of them went there, and would wait for an
/// answer of the dead until its time-out. They are made again with the same operation id, so that one which did reach a living silo is not done twice.
/// </summary>
internal sealed class CallsToTheDead(SiloChanges silos) : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var gone = silos.Gone;
        var call = context.Invoke();
        try
        {
            await call.WaitAsync(gone);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // All calls end here at once, and not one after the other on the thread that told it.
            await Task.Yield();
            if (!call.IsCompleted) throw new SiloUnavailableException($"A silo has gone while {context.InterfaceName}.{context.MethodName} was under way.");
            await call;
        }
    }
}
