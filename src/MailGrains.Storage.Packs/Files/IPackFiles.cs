namespace MailGrains.Storage.Packs.Files;

/// <summary>The directory of pack files, as the store needs it. Every failure is an <see cref="IOException"/>.</summary>
public interface IPackFiles
{
    /// <summary>Numbers of the packs there are, ascending.</summary>
    IReadOnlyList<int> List();

    /// <summary>
    /// A new pack of <paramref name="length"/> octets, allocated and reading as zeros. Its name is durable on return. Fails when there is one.
    /// </summary>
    IPackFile Create(int pack, long length);

    /// <summary>An existing pack, for reading and cutting.</summary>
    /// <exception cref="FileNotFoundException">There is none of this number.</exception>
    IPackFile Open(int pack);

    void Delete(int pack);
}
