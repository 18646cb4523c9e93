namespace MailGrains.Hosting.Settings;

/// <summary>What the changelog of groupware objects needs.</summary>
internal static class ChangelogSettings
{
    private const string SecretKey = "Changelog:SecretFile";

    /// <exception cref="SettingsException">It is enabled without an archive, or without a secret.</exception>
    public static void Check(NodeSettings settings)
    {
        if (!settings.ChangelogEnabled) return;
        if (!settings.ArchiveEnabled) throw new SettingsException("Changelog:Enabled needs Archive:Enabled=true: it tells what the archive has kept.");
        if (settings.ChangelogSecretFile.Length == 0)
            throw new SettingsException($"Changelog:Enabled needs {SecretKey}, a file with the secret with which programs sign.");
    }

    /// <summary>The secret.</summary>
    /// <exception cref="SettingsException">The file can't be read, or is empty.</exception>
    public static string Secret(NodeSettings settings) => SettingFile.Read(SecretKey, settings.ChangelogSecretFile) is { Length: > 0 } secret
        ? secret
        : throw new SettingsException($"{SecretKey} '{settings.ChangelogSecretFile}' is empty.");
}
