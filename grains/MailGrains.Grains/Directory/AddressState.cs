using MailGrains.Model;

namespace MailGrains.Grains.Directory;

[GenerateSerializer]
internal sealed class AddressState
{
    [Id(0)] public AccountId? Account { get; set; }
}
