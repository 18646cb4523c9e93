using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Model.Columns;
using Orleans;

namespace MailGrains.Frontends.Http.Messages;

/// <summary>A session of the administration that looks at folders without changing anything.</summary>
internal sealed class FolderReading : IAsyncDisposable
{
    /// <summary>What a folder has that is gone.</summary>
    public static readonly RowsResult Nothing =
        new() { Rows = MessageRows.Empty, Updates = SessionUpdates.None, Keywords = KeywordTable.Empty, HighestModSeq = 0 };

    private readonly IMailboxGrain _mailbox;
    private readonly SessionId _session;

    private FolderReading(IMailboxGrain mailbox, SessionId session)
    {
        _mailbox = mailbox;
        _session = session;
    }

    public static async Task<FolderReading> OpenAsync(IMailboxGrain mailbox, SessionOrigin origin, TimeProvider time)
    {
        var session = SessionId.New(time);
        try
        {
            await mailbox.OpenSessionAsync(session, origin, observer: null);
        }
        catch
        {
            // The call may still be carried out, and nobody would end what it opens.
            mailbox.CloseSessionAsync(session).Ignore();
            throw;
        }

        return new FolderReading(mailbox, session);
    }

    /// <summary>All messages of a folder as of now.</summary>
    public async Task<RowsResult> RowsAsync(string path)
    {
        await _mailbox.SelectAsync(_session, new SelectRequest(path, ReadOnly: true));
        return await _mailbox.RowsAsync(_session, new RowsRequest(NumberSet.All, ByUid: true, UpdateScope.All));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _mailbox.CloseSessionAsync(_session);
        }
        catch (Exception unreachable) when (unreachable is MailboxException || CallFailures.Of(unreachable) != CallFailure.Refused)
        {
            // Everything was read; the session is gone with its activation, or will be forgotten.
        }
    }
}
