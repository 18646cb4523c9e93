namespace MailGrains.Bench.Rows;

/// <summary>A run that succeeded.</summary>
/// <param name="Outcome">Its figure.</param>
/// <param name="Fsync">What an fsync cost on the server's disk just before, in milliseconds; known for durable rows alone.</param>
/// <param name="ClientCores">
/// Processor cores that the measuring program itself kept busy: near 1 per thread, and it measured itself.
/// </param>
internal readonly record struct CompletedRun(Outcome Outcome, double? Fsync, double ClientCores);
