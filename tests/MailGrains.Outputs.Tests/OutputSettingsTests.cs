using MailGrains.Outputs.Elasticsearch;
using MailGrains.Outputs.RabbitMq;
using MailGrains.Outputs.Webhooks;
using MailGrains.Subscribers;
using MailGrains.TestKit;

namespace MailGrains.Outputs.Tests;

public sealed class OutputSettingsTests : IDisposable
{
    private static readonly SubscriberKinds Kinds = SubscriberKinds.BuiltIn
        .With("elasticsearch", new ElasticsearchFactory()).With("webhook", new WebhookFactory()).With("rabbitmq", new RabbitMqFactory());

    private readonly TemporaryFolder _folder = new();

    public OutputSettingsTests()
    {
        File.WriteAllText(Secret, "s3cret");
        File.WriteAllText(Empty, " \n");
    }

    private string Secret => Path.Combine(_folder.Path, "secret");

    private string Empty => Path.Combine(_folder.Path, "empty");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("elasticsearch", "Url=https://search:9200 User=elastic PasswordFile=@secret Index=mail Headers=From,To Template=off MaxBytes=10000 Types=Login")]
    [InlineData("elasticsearch", "Url=http://search:9200/base ApiKeyFile=@secret Headers=none")]
    [InlineData("webhook", "Url=https://hook/x?token=1 SecretFile=@secret View=cyrus Format=lines TimeoutSeconds=600 ServerName=mail.example.org")]
    [InlineData("rabbitmq", "Url=amqps://user@broker/vhost PasswordFile=@secret Exchange=mail Structure=on")]
    public void What_is_right_makes_a_subscriber(string kind, string keys) => Assert.Equal("out", Create(kind, keys).Name);

    [Theory]
    [InlineData("elasticsearch", "", "Subscribers:out:Url = '': expected a value")]
    [InlineData("elasticsearch", "Url=ftp://search", "Subscribers:out:Url: expected")]
    [InlineData("elasticsearch", "Url=https://me@search", "Subscribers:out:Url: a user has no place in it")]
    [InlineData("elasticsearch", "Url=https://search Index=Upper", "Subscribers:out:Index = 'Upper'")]
    [InlineData("elasticsearch", "Url=https://search User=elastic", "Subscribers:out:PasswordFile")]
    [InlineData("elasticsearch", "Url=https://search User=elastic PasswordFile=@secret ApiKeyFile=@secret", "Subscribers:out:User")]
    [InlineData("elasticsearch", "Url=https://search Headers=a.b", "Subscribers:out:Headers = 'a.b'")]
    [InlineData("elasticsearch", "Url=https://search Template=maybe", "Subscribers:out:Template = 'maybe': expected on or off")]
    [InlineData("elasticsearch", "Url=https://search MaxBytes=1", "Subscribers:out:MaxBytes = '1'")]
    [InlineData("webhook", "Url=https://hook SecretFile=/nowhere", "Subscribers:out:SecretFile = '/nowhere'")]
    [InlineData("webhook", "Url=https://hook SecretFile=@empty", "Subscribers:out:SecretFile")]
    [InlineData("webhook", "Url=https://hook View=xml", "Subscribers:out:View = 'xml': expected json or cyrus or bonnie")]
    [InlineData("webhook", "Url=https://hook TimeoutSeconds=601", "Subscribers:out:TimeoutSeconds = '601'")]
    [InlineData("webhook", "Url=https://hook ServerName=a/b", "Subscribers:out:ServerName = 'a/b'")]
    [InlineData("webhook", "Url=https://hook Exchange=x", "Subscribers:out has no key 'Exchange'")]
    [InlineData("webhook", "Url=https://hook View=bonnie Structure=on", "Subscribers:out:Structure = 'on'")]
    [InlineData("webhook", "Url=https://hook Headers=Subject", "Subscribers:out:Headers = 'Subject'")]
    [InlineData("jsonl", "Path=/tmp Structure=yes", "Subscribers:out:Structure = 'yes': expected on or off")]
    [InlineData("rabbitmq", "Url=amqp://user:s3cret@broker", "Subscribers:out:Url: a password has no place in it")]
    [InlineData("rabbitmq", "Url=amqp://broker Exchange=amq.topic", "Subscribers:out:Exchange = 'amq.topic'")]
    [InlineData("clay", "", "Subscribers:out:Kind = 'clay': expected elasticsearch, jsonl, plugin, rabbitmq, webhook")]
    public void What_is_wrong_is_one_line_without_secrets(string kind, string keys, string beginning)
    {
        var wrong = Assert.Throws<FormatException>(() => Create(kind, keys));
        Assert.StartsWith(beginning, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
        Assert.DoesNotContain("s3cret", wrong.Message, StringComparison.Ordinal);
    }

    private Subscriber Create(string kind, string keys) => Kinds.Create(new SubscriberSection(
        "out",
        keys.Split(' ', StringSplitOptions.RemoveEmptyEntries).Append($"Kind={kind}").Select(k => k.Split('=', 2))
            .Select(k => KeyValuePair.Create(k[0], k[1].Replace("@secret", Secret, StringComparison.Ordinal).Replace("@empty", Empty, StringComparison.Ordinal)))));
}
