namespace MailGrains.Silo.Settings;

/// <summary>The product can't start with this configuration; the message is the one line the user gets.</summary>
internal sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
