namespace MailGrains.Storage.Bodies;

/// <summary>How the space of the body store is used, for those who look after it.</summary>
public interface IBodyUsage
{
    Task<BodyUsage> ReadUsageAsync(CancellationToken cancellation);
}
