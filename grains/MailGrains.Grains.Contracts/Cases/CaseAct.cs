using MailGrains.Grains.Contracts.Sessions;
using Orleans;

namespace MailGrains.Grains.Contracts.Cases;

/// <summary>Something an officer does in a case, once however often it is said.</summary>
/// <param name="By">Who does it.</param>
/// <param name="Id">Of this act: whoever got no answer says it again under the same id.</param>
[GenerateSerializer, Immutable]
public sealed record CaseAct([property: Id(0)] SessionOrigin By, [property: Id(1)] Guid Id);
