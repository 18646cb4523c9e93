namespace MailGrains.Grains.Contracts.Directory;

public enum DirectoryError
{
    NotFound,
    AddressTaken,
    LastAddress,
}
