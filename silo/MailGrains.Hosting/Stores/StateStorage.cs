namespace MailGrains.Hosting.Stores;

/// <summary>Name of the grain storage for small state.</summary>
public static class StateStorage
{
    public const string Name = "directory";
}
