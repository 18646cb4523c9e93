using MailGrains.Subscribers;

namespace MailGrains.Outputs.Elasticsearch;

/// <summary>
/// Keys: <c>Url</c>, <c>Index</c> (logstash), <c>Objects</c> (objects), <c>User</c> with <c>PasswordFile</c> or <c>ApiKeyFile</c>, <c>Headers</c> (names, or
/// none), <c>Template</c> (on or off), <c>TimeoutSeconds</c> (30), <c>MaxBytes</c> (5 MB), <c>ServerName</c>.
/// </summary>
public sealed class ElasticsearchFactory : IEventHandlerFactory
{
    private const int LongestIndex = 100;

    public IEventHandler Create(SubscriberSection section)
    {
        var view = OutputKeys.View(section) with { LogIndex = Index(section, "Index", "logstash"), ObjectIndex = Index(section, "Objects", "objects") };
        var options = new ElasticsearchOptions(section.Url("Url", "https", "http"), view)
        {
            User = section.Text("User", "") is { Length: > 0 } user ? user : null,
            Password = section.Secret("PasswordFile"),
            ApiKey = section.Secret("ApiKeyFile"),
            Headers = OutputKeys.Headers(section, ElasticsearchOptions.UsualHeaders),
            PutsTemplate = section.Choice("Template", "on", "on", "off") == "on",
            Timeout = OutputKeys.Timeout(section),
            MaxBytes = OutputKeys.MaxBytes(section),
        };
        if (options.Url.UserInfo.Length > 0) throw section.Refused("Url", "a user has no place in it; use User and PasswordFile");
        if (options.ApiKey is not null && options.User is not null) throw section.Wrong("User", "expected either User and PasswordFile, or ApiKeyFile");
        if (options.User is null != options.Password is null) throw section.Wrong("PasswordFile", "User and PasswordFile need each other");
        return new ElasticsearchHandler(section.Name, options, TimeProvider.System, section.Types());
    }

    private static string Index(SubscriberSection section, string key, string otherwise)
    {
        var index = section.Text(key, otherwise);
        return index.Length is > 0 and <= LongestIndex && char.IsAsciiLetterLower(index[0])
            && index.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.')
                ? index
                : throw section.Wrong(key, $"expected up to {LongestIndex} small letters, digits, dots, dashes and underscores, a letter first");
    }
}
