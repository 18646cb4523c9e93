namespace MailGrains.Grains.Directory;

/// <summary>Name of the grain storage that holds the directory.</summary>
public static class DirectoryStorage
{
    public const string Name = "directory";
}
