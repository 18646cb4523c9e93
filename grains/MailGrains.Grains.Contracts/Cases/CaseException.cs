using Orleans;

namespace MailGrains.Grains.Contracts.Cases;

/// <summary>Something in a case was refused; the message is fit for the officer.</summary>
[GenerateSerializer]
public sealed class CaseException(CaseError error, string message) : Exception(message)
{
    [Id(0)]
    public CaseError Error { get; } = error;
}
