using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs;
using MailGrains.TestKit.Contracts;
using Xunit;

namespace MailGrains.Storage.Tests.Packs;

/// <summary>
/// Random appends, flushes, failures and crashes against the plainest model: what a flush acknowledged is there, whole, ever after.
/// </summary>
public sealed class PackCrashModelTests
{
    private static readonly PackOptions Tiny = new() { PackBytes = 16 << 10, WriteBehindBytes = 3_000, OpenPacks = 2 };

    [Fact]
    public async Task What_was_acknowledged_survives_every_failure_and_crash()
    {
        var crashes = 0;
        for (var seed = 0; seed < 120; seed++)
        {
            await using var run = new Run(seed);
            crashes += await run.GoAsync(steps: 60);
        }

        Assert.True(crashes > 100);
    }

    private sealed class Run(int seed) : IAsyncDisposable
    {
        private readonly Random _random = new(seed);
        private readonly DictionaryBodyIndex _committed = [];
        private readonly Dictionary<BlobId, (byte[] Body, BodyLocator Locator)> _acknowledged = [];
        private readonly List<(byte[] Body, BodyLocator Locator)> _pending = [];
        private MemoryPackFiles _disk = new();
        private PackStoreFixture _packs = null!;

        public async Task<int> GoAsync(int steps)
        {
            var crashes = 0;
            _packs = new PackStoreFixture(_disk, Tiny, _committed);
            for (var step = 0; step < steps; step++)
            {
                var dice = _random.Next(100);
                if (dice < 60) await AppendAsync();
                else if (dice < 85) await FlushAsync();
                else if (dice < 90) Break();
                else if (dice < 95) _disk.FailCreates = _disk.FailFlushes = _disk.FailWrites = null;
                else
                {
                    crashes++;
                    await CrashAsync();
                }
            }

            await CrashAsync();
            return crashes;
        }

        public ValueTask DisposeAsync() => _packs.DisposeAsync();

        private async Task AppendAsync()
        {
            var which = _random.Next(40);
            var body = which % 2 == 0 ? SampleBodies.Noise(which * 150, which) : SampleBodies.Text(which * 400, which);
            _pending.Add((body, await _packs.AppendAsync(body)));
        }

        private async Task FlushAsync()
        {
            try
            {
                await _packs.FlushAsync();
                foreach (var (body, locator) in _pending)
                {
                    var blob = BlobId.Of(body);
                    if (_packs.Store.IsLost(locator) || !_acknowledged.TryAdd(blob, (body, locator))) continue;
                    _committed[blob] = locator;
                }
            }
            catch (StoreUnavailableException)
            {
                // Their senders are told to try again.
            }

            _pending.Clear();
        }

        private void Break()
        {
            var failure = new IOException("broken");
            _disk.WriteBeforeFailing = _random.Next(5_000);
            switch (_random.Next(3))
            {
                case 0: _disk.FailCreates = failure; break;
                case 1: _disk.FailFlushes = failure; break;
                default: _disk.FailWrites = failure; break;
            }
        }

        private async Task CrashAsync()
        {
            var next = _disk.AfterCrash(Tear);
            await _packs.DisposeAsync();
            _pending.Clear();
            _disk = next;
            _packs = new PackStoreFixture(_disk, Tiny, _committed);
            foreach (var (body, locator) in _acknowledged.Values) Assert.Equal(body, await _packs.ReadAsync(body, locator));
            var intact = (await _packs.ScrubAsync()).Where(record => record.Outcome == ScrubOutcome.Intact).Select(record => record.Locator);
            Assert.Superset(_acknowledged.Values.Select(entry => entry.Locator).ToHashSet(), intact.ToHashSet());
        }

        // A disk writes sectors in any order it likes.
        private byte[] Tear(byte[] durable, byte[] now)
        {
            const int Sector = 512;
            var bytes = (byte[])durable.Clone();
            for (var at = 0; at < bytes.Length; at += Sector)
            {
                var length = Math.Min(Sector, bytes.Length - at);
                if (_random.Next(2) == 0) now.AsSpan(at, length).CopyTo(bytes.AsSpan(at));
            }

            return bytes;
        }
    }
}
