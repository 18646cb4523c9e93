namespace MailGrains.Frontends.Connections;

internal enum ProxyHeaderStatus
{
    Incomplete,
    Complete,
    Invalid,
}
