namespace MailGrains.Frontends.Http;

/// <summary>
/// Metadata of an endpoint under /api that checks itself who may use it. The admin token is not asked for where routing has chosen such an endpoint, and
/// only there: what a path looks like decides nothing.
/// </summary>
internal sealed class OwnAccess
{
    public static readonly OwnAccess Instance = new();
}
