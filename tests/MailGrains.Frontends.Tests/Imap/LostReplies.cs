using System.Collections.Concurrent;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using Orleans;
using Orleans.Core.Internal;
using Orleans.Runtime;

namespace MailGrains.Frontends.Tests.Imap;

/// <summary>Loses the answer of a mailbox's next call of a name, once what it did is durable, and the activation with it when asked to.</summary>
internal sealed class LostReplies : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<(Guid Mailbox, string Method), Exception> _lost = new();

    public void LoseNext(AccountId account, string method, Exception instead) => _lost[(account.Value, method)] = instead;

    /// <summary>True when the call has come and its answer was lost.</summary>
    public bool WasLost(AccountId account, string method) => !_lost.ContainsKey((account.Value, method));

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.Grain is not IMailboxGrain mailbox || _lost.IsEmpty) return;
        if (!_lost.TryRemove((mailbox.GetPrimaryKey(), context.MethodName), out var instead)) return;

        // A node that is gone takes its activations along; behind a time-out everything goes on.
        if (instead is not TimeoutException) await mailbox.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        throw instead;
    }
}
