namespace MailGrains.Storage.Packs;

/// <summary>One flush, and everybody who waits for it.</summary>
internal sealed class FlushRound() : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
