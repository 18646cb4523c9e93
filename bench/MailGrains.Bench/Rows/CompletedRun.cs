namespace MailGrains.Bench.Rows;

/// <summary>A run that succeeded.</summary>
/// <param name="Outcome">Its figure.</param>
/// <param name="ClientCores">Processor cores that the measuring program itself kept busy: near 1 per thread, and it measured itself.</param>
internal readonly record struct CompletedRun(Outcome Outcome, double ClientCores);
