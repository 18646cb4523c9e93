namespace MailGrains.Evidence.Proofs;

/// <summary>There is no such proof.</summary>
public sealed class ProofRefusedException(ProofRefusal refusal, string message) : Exception(message)
{
    public ProofRefusal Refusal => refusal;
}
