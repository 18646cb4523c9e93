using MailGrains.Hosting.Settings;

namespace MailGrains.Hosting;

internal static class HelpText
{
    public static void Write(TextWriter to, INodeRole role)
    {
        to.WriteLine($"""
            MailGrains: {role.Description}

            Usage: {role.Usage} [--demo] [--Key=value …]

              --demo     make the accounts alice@example.org and bob@example.org with the password "demo"
              --help     this text
              --version  the version

            Settings, as --Key=value, in the environment as MAILGRAINS_Section__Key=value, or in appsettings.json:

            """);
        foreach (var setting in SettingTable.All)
        {
            to.WriteLine($"  {setting.Key,-28} {(setting.Default.Length > 0 ? setting.Default : "(empty)")}");
            to.WriteLine($"  {"",-28} {setting.Help}");
        }

        to.WriteLine("""

            What is done with events (docs/subscribers.md), each under a name of your own:

              Subscribers:<name>:Kind=jsonl  Subscribers:<name>:Path=folder  …
              Subscribers:<name>:Kind=elasticsearch, webhook, rabbitmq or plugin  …

            Exit codes: 0 stopped as asked; 1 failed; 2 can't start with this configuration.
            """);
    }
}
