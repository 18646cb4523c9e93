using System.Security.Cryptography;
using MailGrains.Evidence.Notes;
using MailGrains.Hosting.Settings;
using MailGrains.Storage.Files;

namespace MailGrains.Hosting;

/// <summary>The folder that holds everything this server keeps. Secrets in it are readable by its owner only.</summary>
public sealed class DataFolder
{
    private DataFolder(string path) => Root = path;

    public string Root { get; }

    public string Packs => Path.Combine(Root, "packs");

    /// <summary>Small settings that grains keep.</summary>
    public string GrainDatabase => Path.Combine(Root, "grains.db");

    /// <summary>What the archive knows of all mailboxes.</summary>
    public string RecordDatabase => Path.Combine(Root, "records.db");

    /// <summary>Where versions before the directory had tables of its own kept accounts.</summary>
    public string FormerDirectory => Path.Combine(Root, "directory.db");

    public string AdminTokenFile => Path.Combine(Root, "admin-token");

    /// <exception cref="SettingsException">It can't be made or written to.</exception>
    public static DataFolder Open(string path)
    {
        var folder = new DataFolder(Path.GetFullPath(path));
        try
        {
            PrivateFiles.CreateFolder(folder.Root);
            PrivateFiles.CreateFolder(folder.Packs);
            return folder;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"Data:Path '{folder.Root}' can't be used: {wrong.Message}", wrong);
        }
    }

    /// <summary>The token of the admin API: of a file that the settings name, else made at first start.</summary>
    /// <exception cref="SettingsException">The file can't be read, or holds no token.</exception>
    public string AdminToken(string file)
    {
        if (file.Length == 0) file = Secret(AdminTokenFile, () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)) + "\n");
        var token = SettingFile.Read("Admin:TokenFile", file);
        return token.Length > 0 ? token : throw new SettingsException($"Admin:TokenFile '{file}' is empty.");
    }

    /// <summary>A key that never leaves this store.</summary>
    public byte[] AuthenticationKey() => Convert.FromHexString(File.ReadAllText(
        Secret(Path.Combine(Root, "authentication-key"), () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n")).Trim());

    /// <summary>Where exports of the log go.</summary>
    public string Exports => Path.Combine(Root, "exports");

    /// <summary>Everything that was signed about the log, to be kept as long as the log.</summary>
    public string Checkpoints => Path.Combine(Root, "checkpoints");

    /// <summary>Hashes of the log, made anew when they are not there.</summary>
    public string Tiles => Path.Combine(Root, "tiles");

    /// <summary>The key that signs the log: of a file that the settings name, else made at first start, under a name nobody else has.</summary>
    /// <exception cref="SettingsException">The file can't be read, or holds no key.</exception>
    public NoteSigner LogKey(string file)
    {
        if (file.Length == 0) file = Secret(Path.Combine(Root, "log-key"), NewLogKey);
        return NoteSigner.TryParse(SettingFile.Read("Evidence:Key", file), out var key)
            ? key
            : throw new SettingsException($"Evidence:Key: {file} holds no private key of a log.");
    }

    private static string NewLogKey()
    {
        using var key = NoteSigner.Generate($"mailgrains/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}");
        return key.ToPrivateText() + "\n";
    }

    /// <summary>Written under another name first, so that a crash leaves a whole secret or none.</summary>
    private static string Secret(string path, Func<string> make)
    {
        if (File.Exists(path)) return path;
        var temporary = path + ".new";
        using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write }.Private()))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(make()));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path);
        return path;
    }
}
