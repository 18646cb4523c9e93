using System.Collections.Concurrent;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using Orleans;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>
/// Loses the answer of a mailbox's next call of a name, once what it did is durable, and the activation with it when asked to; or holds the call up.
/// </summary>
internal sealed class LostReplies : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<(Guid Mailbox, string Method), Exception> _lost = new();

    private readonly ConcurrentDictionary<(Guid Grain, string Method), HeldCall> _held = new();

    public HeldCall HoldNext(AccountId account, string method) => _held[(account.Value, method)] = new HeldCall();

    public void LoseNext(AccountId account, string method, Exception instead) => _lost[(account.Value, method)] = instead;

    /// <summary>True when the call has come and its answer was lost.</summary>
    public bool WasLost(AccountId account, string method) => !_lost.ContainsKey((account.Value, method));

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (!_held.IsEmpty && context.Grain is IGrainWithGuidKey grain && _held.TryRemove((grain.GetPrimaryKey(), context.MethodName), out var held))
        {
            await held.RunAsync(context.Invoke);
            return;
        }

        await context.Invoke();
        if (context.Grain is not IMailboxGrain mailbox || _lost.IsEmpty) return;
        if (!_lost.TryRemove((mailbox.GetPrimaryKey(), context.MethodName), out var instead)) return;

        // A node that is gone takes its activations along; behind a time-out everything goes on.
        if (instead is not TimeoutException) await mailbox.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        throw instead;
    }
}
