using System.Globalization;
using MailGrains.Storage.Relational;
using Npgsql;

namespace MailGrains.Storage.PostgreSql;

/// <summary>The connection strings of a store, made from the one in the options.</summary>
internal sealed class ConnectionSettings
{
    private const string DefaultSchema = "mailgrains";

    // Every statement of the store is a look-up by key, however large or small the tables were when it was planned: plan it so, and once.
    private const string Planning =
        "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off";

    private const int ContentConnections = 16;

    private readonly NpgsqlConnectionStringBuilder _given;

    public ConnectionSettings(PostgreSqlStoreOptions options)
    {
        _given = GivenConnection.Read(() => new NpgsqlConnectionStringBuilder(options.ConnectionString));
        _given.SearchPath ??= DefaultSchema;
        _given.ApplicationName ??= "MailGrains";
        if (!_given.TcpKeepAlive)
        {
            _given.TcpKeepAlive = true;
            _given.TcpKeepAliveTime = 10;
            _given.TcpKeepAliveInterval = 5;
        }

        Schema = _given.SearchPath.Split(',')[0].Trim(' ', '"');
        var silence = (long)options.SilenceTimeout.TotalSeconds;
        var waiting = string.Create(
            CultureInfo.InvariantCulture,
            $"-c tcp_keepalives_idle={Math.Max(1, silence / 2)} -c tcp_keepalives_interval={Math.Max(1, silence / 6)} -c tcp_keepalives_count=3" +
            $" -c tcp_user_timeout={silence * 1000} -c idle_in_transaction_session_timeout={silence * 1000}" +
            $" -c lock_timeout={(long)options.LockTimeout.TotalMilliseconds}");
        Once = new NpgsqlConnectionStringBuilder(Plain) { Pooling = false }.ConnectionString;
        Pool = Build(options, $"{Planning} {waiting}");
        // See docs/adr/0010: what a commit needs becomes durable with the commit.
        Bodies = Build(options, $"{Planning} {waiting} -c synchronous_commit=off");
        // The bitmaps of a common prefix.
        var contents = new NpgsqlConnectionStringBuilder(Build(options, $"{Planning} {waiting} -c work_mem=32MB")) { MaxPoolSize = ContentConnections };
        Contents = contents.ConnectionString;
        var writer = new NpgsqlConnectionStringBuilder(Pool) { Pooling = false };
        Writer = writer.ConnectionString;
    }

    /// <summary>The schema of all tables.</summary>
    public string Schema { get; }

    /// <summary>Names the database for an operator, without a password.</summary>
    public string Name => $"{_given.Database} on {_given.Host}";

    /// <summary>As given, but for the schema: for everything that is not the store's own statements.</summary>
    public string Plain => _given.ConnectionString;

    /// <summary>The same, for connections that nobody uses again.</summary>
    public string Once { get; }

    /// <summary>For reads and claims.</summary>
    public string Pool { get; }

    /// <summary>For bodies.</summary>
    public string Bodies { get; }

    /// <summary>For the index of contents: few, so that searches take nothing from the mail.</summary>
    public string Contents { get; }

    /// <summary>For the one connection of group commits.</summary>
    public string Writer { get; }

    private string Build(PostgreSqlStoreOptions options, string settings) => new NpgsqlConnectionStringBuilder(_given.ConnectionString)
    {
        // Prepared at their first use, within the same request.
        MaxAutoPrepare = 100,
        AutoPrepareMinUsages = 1,
        NoResetOnClose = true,
        CommandTimeout = (int)Math.Ceiling(options.AnswerTimeout.TotalSeconds),
        Options = string.IsNullOrEmpty(_given.Options) ? settings : $"{_given.Options} {settings}",
    }.ConnectionString;
}
