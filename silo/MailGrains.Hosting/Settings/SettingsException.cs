namespace MailGrains.Hosting.Settings;

/// <summary>The product can't start with this configuration; the message is the one line the user gets.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
