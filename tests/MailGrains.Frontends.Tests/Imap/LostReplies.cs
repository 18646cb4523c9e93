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
    private readonly ConcurrentDictionary<(Guid Mailbox, string Method), ConcurrentQueue<Exception>> _lost = new();

    private readonly ConcurrentDictionary<(Guid Grain, string Method), HeldCall> _held = new();

    public HeldCall HoldNext(AccountId account, string method) => _held[(account.Value, method)] = new HeldCall();

    /// <param name="account">Whose mailbox.</param>
    /// <param name="method">The call.</param>
    /// <param name="instead">What its caller is told, call after call.</param>
    public void LoseNext(AccountId account, string method, params Exception[] instead) => _lost[(account.Value, method)] = new(instead);

    /// <summary>True when the calls have come and their answers were lost.</summary>
    public bool WasLost(AccountId account, string method) => !_lost.TryGetValue((account.Value, method), out var left) || left.IsEmpty;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (!_held.IsEmpty && context.Grain is IGrainWithGuidKey grain && _held.TryRemove((grain.GetPrimaryKey(), context.MethodName), out var held))
        {
            await held.RunAsync(context.Invoke);
            return;
        }

        await context.Invoke();
        if (context.Grain is not IMailboxGrain mailbox || _lost.IsEmpty) return;
        if (!_lost.TryGetValue((mailbox.GetPrimaryKey(), context.MethodName), out var left) || !left.TryDequeue(out var instead)) return;

        // A node that is gone takes its activations along; behind a time-out everything goes on.
        if (instead is not TimeoutException) await mailbox.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        throw instead;
    }
}
