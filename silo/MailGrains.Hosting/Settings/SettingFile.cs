namespace MailGrains.Hosting.Settings;

/// <summary>Settings whose value stands in a file.</summary>
internal static class SettingFile
{
    /// <summary>The file's text, without white space around it.</summary>
    /// <exception cref="SettingsException">It can't be read; the message names the key.</exception>
    public static string Read(string key, string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{key} can't be read: {wrong.Message}", wrong);
        }
    }
}
