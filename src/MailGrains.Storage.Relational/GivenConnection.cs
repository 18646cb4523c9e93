namespace MailGrains.Storage.Relational;

/// <summary>Reads the connection string of the settings, in which an operator may have made a mistake.</summary>
internal static class GivenConnection
{
    /// <exception cref="StoreOpenException">It is none, or has a keyword that the driver doesn't know.</exception>
    public static T Read<T>(Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new StoreOpenException($"The connection string can't be read: {wrong.Message}", wrong);
        }
    }
}
