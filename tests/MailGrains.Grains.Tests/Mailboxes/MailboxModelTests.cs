using System.Collections.Immutable;
using CsCheck;
using MailGrains.Grains.Contracts.Folders;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>
/// Random acts of three sessions, against a plain model of the mailbox and of each client: whatever a client was told adds up to the
/// truth, UIDs and MODSEQs only grow, and there is an event exactly when something changed.
/// </summary>
public sealed class MailboxModelTests(MailboxCluster cluster)
{
    private static readonly string[] Paths = ["INBOX", "Archive", "Trash", "x", "x/y"];
    private static readonly string[] Flags = [@"\Seen", @"\Deleted", @"\Flagged", "$a", "$b"];

    private readonly record struct Step(int Act, int Session, int Path, int First, int Count, int Choice);

    private static readonly Gen<Step> Steps =
        from act in Gen.Int[0, 99]
        from session in Gen.Int[0, 2]
        from path in Gen.Int[0, Paths.Length - 1]
        from first in Gen.Int[1, 40]
        from count in Gen.Int[0, 12]
        from choice in Gen.Int[0, 1023]
        select new Step(act, session, path, first, count, choice);

    [Fact]
    public Task Random_sessions_agree_with_the_model() =>
        Steps.Array[10, 60].SampleAsync(steps => new Run(cluster).PlayAsync(steps), iter: 60, threads: 1);

    private sealed class Run(MailboxCluster cluster)
    {
        private readonly TestMailbox _mailbox = cluster.NewMailbox();
        private readonly MailboxModel _model = new();
        private readonly List<ClientMirror> _clients = [];
        private long _modSeq;

        private IMailboxGrain Grain => _mailbox.Grain;

        public async Task PlayAsync(Step[] steps)
        {
            foreach (var folder in (await Grain.ListAsync()).Folders) _model.Folders.Add(folder.Path, new MailboxModel.Folder());
            for (var i = 0; i < 3; i++)
            {
                var client = new ClientMirror(Grain, await _mailbox.OpenAsync());
                await client.SelectAsync("INBOX", readOnly: false);
                _clients.Add(client);
            }

            foreach (var step in steps) await CheckedAsync(step);
            foreach (var client in _clients) await CompareAsync(client);
            await _mailbox.AssertChainAsync();
            await CompareTotalsAsync();
        }

        private async Task CheckedAsync(Step step)
        {
            var events = await EventCountAsync();
            var changed = await PlayAsync(step);
            Assert.Equal(changed, await EventCountAsync() > events);
            var modSeq = (await Grain.TotalsAsync()).ModSeq;
            Assert.True(modSeq >= _modSeq);
            _modSeq = modSeq;
        }

        private async Task<int> EventCountAsync() => (await _mailbox.EventsAsync()).Count(e => e.Type is not "Login");

        /// <summary>Returns whether the model changed.</summary>
        private async Task<bool> PlayAsync(Step step)
        {
            var client = _clients[step.Session];
            var path = Paths[step.Path];
            switch (step.Act)
            {
                case < 15: return await AppendAsync(client, path, step);
                case < 22: return await DeliverAsync(path, step);
                case < 45: return await StoreAsync(client, step);
                case < 55: return await ExpungeAsync(client, step);
                case < 65: return await CopyAsync(client, path, step);
                case < 75: return await SyncAsync(client, step);
                case < 83: return await SelectAsync(client, path, step);
                case < 90: return await FetchAsync(client, step);
                case < 98: return await FoldersAsync(step);
                default: return await RestartAsync();
            }
        }

        private static ImmutableSortedSet<string> FlagsOf(int choice) => [.. Flags.Where((_, i) => (choice >> i & 1) == 1)];

        private static UpdateScope ScopeOf(Step step) => step.Choice % 2 == 0 ? UpdateScope.All : UpdateScope.WithoutExpunges;

        private static NumberSet SetOf(Step step) => new([new NumberRange((uint)step.First, (uint)(step.First + step.Count))]);

        private static bool InSet(Step step, uint number) => number >= step.First && number <= step.First + step.Count;

        private async Task<bool> AppendAsync(ClientMirror client, string path, Step step)
        {
            var flags = FlagsOf(step.Choice);
            var messages = Enumerable.Range(0, step.Count % 4 + 1).Select(_ => new AppendMessage(TestMailbox.Content(), [.. flags], null));
            var request = new AppendRequest(client.Session, TestMailbox.NewOperation(), path, [.. messages], ScopeOf(step));
            if (!_model.Folders.TryGetValue(path, out var folder))
            {
                Assert.Equal(MailboxError.NonExistent, await TestMailbox.ErrorOf(() => Grain.AppendAsync(request)));
                return false;
            }

            var result = await Grain.AppendAsync(request);
            Assert.Equal(request.Messages.Select(_ => folder.Add(flags)).ToArray(), result.Uids.Enumerate());
            await client.ApplyAsync(result.Updates, request.Scope);
            return true;
        }

        private async Task<bool> DeliverAsync(string path, Step step)
        {
            var result = await Grain.DeliverAsync(TestMailbox.Delivery(path.ToUpperInvariant()));
            var expected = _model.Folders.ContainsKey(path) ? path : "INBOX";
            Assert.Equal((expected, _model.Folders[expected].Add([])), (result.Path, result.Uid));
            return true;
        }

        private async Task<bool> StoreAsync(ClientMirror client, Step step)
        {
            var mode = (StoreMode)(step.Choice % 3);
            var flags = FlagsOf(step.Choice >> 3);
            var scope = ScopeOf(step);
            var request = new StoreRequest(SetOf(step), ByUid: true, mode, [.. flags], scope, Silent: step.Count % 2 == 0);
            if (!await SelectedAsync(client, () => Grain.StoreAsync(client.Session, request), writes: true)) return false;
            var result = await Grain.StoreAsync(client.Session, request);
            var changed = false;
            var folder = _model.Folders[client.Path!];
            foreach (var uid in client.Uids.Where(uid => InSet(step, uid) && folder.Messages.ContainsKey(uid)).ToList())
            {
                var before = folder.Messages[uid];
                var after = ClientMirror.After(before, request);
                changed |= !before.SetEquals(after);
                folder.Messages[uid] = after;
            }

            // The frontend sends FLAGS before the rows when the table grew.
            if (result.Updates.Keywords is not null) await client.ApplyAsync(new SessionUpdates { Keywords = result.Updates.Keywords }, scope);
            if (scope == UpdateScope.WithoutExpunges) client.Apply(result.Rows, request);
            await client.ApplyAsync(result.Updates, scope);
            if (scope == UpdateScope.All) client.Apply(result.Rows, request);
            return changed;
        }

        private async Task<bool> ExpungeAsync(ClientMirror client, Step step)
        {
            var uids = step.Choice % 3 == 0 ? SetOf(step) : null;
            var request = new ExpungeRequest(uids);
            if (!await SelectedAsync(client, () => Grain.ExpungeAsync(client.Session, request), writes: true)) return false;
            var result = await Grain.ExpungeAsync(client.Session, request);
            var folder = _model.Folders[client.Path!];
            var gone = folder.Messages
                .Where(m => m.Value.Contains(@"\Deleted") && (uids is null || InSet(step, m.Key))).Select(m => m.Key).ToList();
            foreach (var uid in gone) folder.Messages.Remove(uid);
            await client.ApplyAsync(result.Updates, UpdateScope.All);
            return gone.Count > 0;
        }

        private async Task<bool> CopyAsync(ClientMirror client, string path, Step step)
        {
            var request = new CopyRequest(SetOf(step), ByUid: true, path, Move: step.Choice % 2 == 0);
            if (!await SelectedAsync(client, () => Grain.CopyAsync(client.Session, request), writes: request.Move)) return false;
            if (!_model.Folders.TryGetValue(path, out var target))
            {
                Assert.Equal(MailboxError.NonExistent, await TestMailbox.ErrorOf(() => Grain.CopyAsync(client.Session, request)));
                return false;
            }

            var source = _model.Folders[client.Path!];
            var uids = client.Uids.Where(uid => InSet(step, uid) && source.Messages.ContainsKey(uid)).ToList();
            var result = await Grain.CopyAsync(client.Session, request);
            var copies = uids.ConvertAll(uid => target.Add(source.Messages[uid]));
            if (request.Move) uids.ForEach(uid => source.Messages.Remove(uid));
            Assert.Equal(uids, result.Source.Enumerate());
            Assert.Equal(copies, result.Destination.Enumerate());
            await client.ApplyAsync(result.Updates, UpdateScope.All);
            return uids.Count > 0;
        }

        private async Task<bool> SyncAsync(ClientMirror client, Step step)
        {
            await client.ApplyAsync(await Grain.SyncAsync(client.Session, ScopeOf(step)), ScopeOf(step));
            return false;
        }

        private async Task<bool> SelectAsync(ClientMirror client, string path, Step step)
        {
            if (_model.Folders.ContainsKey(path))
            {
                await client.SelectAsync(path, readOnly: step.Choice % 4 == 0);
                return false;
            }

            Assert.Equal(MailboxError.NonExistent, await TestMailbox.ErrorOf(() => client.SelectAsync(path, readOnly: false)));
            client.Unselected();
            return false;
        }

        private async Task<bool> FetchAsync(ClientMirror client, Step step)
        {
            var byUid = step.Choice % 2 == 0;
            var request = new RowsRequest(SetOf(step), byUid, byUid ? UpdateScope.All : UpdateScope.WithoutExpunges);
            if (!await SelectedAsync(client, () => Grain.RowsAsync(client.Session, request), writes: false)) return false;
            var result = await Grain.RowsAsync(client.Session, request);
            var expected = byUid
                ? client.Uids.Where(uid => InSet(step, uid))
                : client.Uids.Where((_, i) => InSet(step, (uint)i + 1));
            Assert.Equal(expected, TestMailbox.Uids(result));
            if (result.Updates.Keywords is not null)
                await client.ApplyAsync(new SessionUpdates { Keywords = result.Updates.Keywords }, request.Scope);
            client.Apply(result.Rows);
            await client.ApplyAsync(result.Updates, request.Scope);
            return false;
        }

        private async Task<bool> FoldersAsync(Step step)
        {
            var exists = _model.Folders.ContainsKey("x/y");
            if (!exists)
            {
                await Grain.CreateFolderAsync(SessionId.None, "x/y", null);
                _model.Folders.TryAdd("x", new MailboxModel.Folder());
                _model.Folders.Add("x/y", new MailboxModel.Folder());
                return true;
            }

            var victim = step.Choice % 2 == 0 ? "x/y" : "x";
            if (!_model.Folders.Remove(victim)) return false;
            await Grain.DeleteFolderAsync(SessionId.None, victim);
            return true;
        }

        /// <summary>Another node takes over and is replaced in turn; the clients come back with nothing but their memory.</summary>
        private async Task<bool> RestartAsync()
        {
            await cluster.Store.ClaimAsync(_mailbox.Account, CancellationToken.None);
            await TestMailbox.ErrorOf(() => Grain.CreateFolderAsync(SessionId.None, "fenced", null));
            foreach (var client in _clients)
            {
                var (path, readOnly) = (client.Path, client.ReadOnly);
                while (true)
                {
                    try
                    {
                        client.Session = await _mailbox.OpenAsync();
                        break;
                    }
                    catch (MailboxException failure) when (failure.Error == MailboxError.Moved)
                    {
                        await Task.Yield();
                    }
                }

                client.Unselected();
                if (path is not null && _model.Folders.ContainsKey(path)) await client.SelectAsync(path, readOnly);
            }

            return false;
        }

        /// <summary>False when the session is in no state for the call, after checking that the call says so.</summary>
        private async Task<bool> SelectedAsync(ClientMirror client, Func<Task> call, bool writes)
        {
            if (client.Path is null)
            {
                Assert.Equal(MailboxError.NotSelected, await TestMailbox.ErrorOf(call));
                return false;
            }

            var told = await Grain.SyncAsync(client.Session, UpdateScope.WithoutExpunges);
            await client.ApplyAsync(told, UpdateScope.WithoutExpunges);
            if (client.Path is null) return false;
            if (!writes || !client.ReadOnly) return true;
            Assert.Equal(MailboxError.ReadOnly, await TestMailbox.ErrorOf(call));
            return false;
        }

        private async Task CompareAsync(ClientMirror client)
        {
            await client.ApplyAsync(await Grain.SyncAsync(client.Session, UpdateScope.All), UpdateScope.All);
            if (client.Path is not { } path) return;
            var folder = _model.Folders[path];
            Assert.Equal(folder.Messages.Keys, client.Uids);
            Assert.Equal(folder.Messages.Values.Select(f => string.Join(' ', f)), client.Entries.Select(e => string.Join(' ', e!.Flags)));
            var rows = await _mailbox.RowsAsync(client.Session);
            Assert.Equal(client.Uids, TestMailbox.Uids(rows));
        }

        private async Task CompareTotalsAsync()
        {
            var paths = _model.Folders.Keys.ToList();
            Assert.Equal(paths, (await Grain.ListAsync()).Folders.Select(f => f.Path));
            var status = (await Grain.StatusAsync(new FolderPaths([.. paths]))).Items;
            Assert.Equal(
                _model.Folders.Values.Select(f => (f.UidNext, f.Messages.Count, f.Messages.Values.Count(m => !m.Contains(@"\Seen")))),
                status.Select(s => (s!.UidNext, (int)s.Messages, (int)s.Unseen)));
            Assert.Equal(_model.Folders.Values.Sum(f => f.Messages.Count), (await Grain.TotalsAsync()).Messages);
            Assert.False(await Grain.RecountAsync());
        }
    }
}
