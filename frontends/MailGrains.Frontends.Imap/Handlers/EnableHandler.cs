using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>ENABLE (RFC 9051 section 6.3.1, RFC 5161): unknown capabilities are ignored, those already enabled are not listed again.</summary>
internal sealed class EnableHandler : ICommandHandler<EnableCommand>
{
    public ValueTask<Reply> HandleAsync(ImapSession session, EnableCommand command)
    {
        var enabled = new List<string>();
        foreach (var capability in command.Capabilities)
        {
            var (name, features) = Of(capability);
            if (features == EnabledFeatures.None || session.Has(features)) continue;
            session.Enable(features);
            enabled.Add(name);
        }

        session.Writer.Enabled(enabled);
        return ValueTask.FromResult(Reply.Ok("ENABLE done"));
    }

    private static (string Name, EnabledFeatures Features) Of(string capability) => capability switch
    {
        "CONDSTORE" => ("CONDSTORE", EnabledFeatures.CondStore),

        // RFC 7162 section 3.2.3: enabling QRESYNC enables CONDSTORE.
        "QRESYNC" => ("QRESYNC", EnabledFeatures.Qresync | EnabledFeatures.CondStore),
        "UTF8=ACCEPT" => ("UTF8=ACCEPT", EnabledFeatures.Utf8),

        // RFC 9051 section 5.1: mailbox names of IMAP4rev2 are UTF-8.
        "IMAP4REV2" => ("IMAP4rev2", EnabledFeatures.Rev2 | EnabledFeatures.Utf8),
        _ => ("", EnabledFeatures.None),
    };
}
