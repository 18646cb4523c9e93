namespace MailGrains.Frontends.Http.Changelog;

/// <summary>A call that can't be answered with a result (JSON-RPC 2.0, section 5.1). The message is fit for the client.</summary>
internal sealed class RpcError(int code, string message) : Exception(message)
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    public int Code => code;
}
