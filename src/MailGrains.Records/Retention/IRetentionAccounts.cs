using MailGrains.Model;

namespace MailGrains.Records.Retention;

/// <summary>Knows accounts as they are now.</summary>
public interface IRetentionAccounts
{
    /// <summary>null: the account is not known any more. What only a rule about accounts could let go is then kept.</summary>
    Task<RetentionAccount?> FindAsync(AccountId account, CancellationToken cancellation);
}
