using Microsoft.Data.Sqlite;

namespace MailGrains.Storage.Sqlite.GrainState;

/// <summary>A connection that holds the gate while it is open.</summary>
internal sealed class GatedSqliteConnection(string connectionString, SemaphoreSlim gate) : SqliteConnection(connectionString)
{
    private int _holds;

    public override void Open()
    {
        gate.Wait();
        OpenInside();
    }

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        // Goes on in the thread pool in any case: the provider's calls are synchronous down to the fsync, which no grain's thread should wait in.
        await gate.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        OpenInside();
    }

    public override void Close()
    {
        base.Close();
        if (Interlocked.Exchange(ref _holds, 0) == 1) gate.Release();
    }

    private void OpenInside()
    {
        _holds = 1;
        try
        {
            base.Open();
            using var command = CreateCommand();
            command.CommandText = "PRAGMA synchronous = FULL";
            command.ExecuteNonQuery();
        }
        catch
        {
            Close();
            throw;
        }
    }
}
