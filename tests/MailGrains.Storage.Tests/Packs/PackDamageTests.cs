using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Packs;
using MailGrains.TestKit.Contracts;
using Xunit;

namespace MailGrains.Storage.Tests.Packs;

public sealed class PackDamageTests
{
    private static readonly byte[] Anna = SampleBodies.Text(900, 1);
    private static readonly byte[] Ben = SampleBodies.Noise(300, 2);
    private static readonly byte[] Cora = SampleBodies.Text(700, 3);

    private readonly MemoryPackFiles _disk = new();

    [Fact]
    public async Task A_tail_torn_anywhere_harms_nothing_before_it_and_nothing_after_the_restart()
    {
        BodyLocator anna, ben;
        await using (var packs = new PackStoreFixture(_disk))
        {
            anna = await packs.AppendAsync(Anna);
            await packs.FlushAsync();
            ben = await packs.AppendAsync(Ben);
            await packs.FlushAsync();
        }

        var end = (int)ben.Offset + PackFormat.RecordSize(ben.StoredLength);
        for (var cut = (int)ben.Offset; cut < end; cut++)
        {
            var torn = _disk.AfterCrash((durable, _) => [.. durable.AsSpan(0, cut), .. new byte[1_000]]);
            await using var next = new PackStoreFixture(torn);
            Assert.Equal(Anna, await next.ReadAsync(Anna, anna));
            if (cut - ben.Offset < PackFormat.RecordHeaderSize + ben.StoredLength - 1)
                await Assert.ThrowsAsync<BodyCorruptException>(() => next.ReadAsync(Ben, ben));

            var again = await next.AppendAsync(Ben);
            await next.FlushAsync();
            Assert.Equal(2, again.Pack);
            Assert.Equal(Ben, await next.ReadAsync(Ben, again));
            var scrubbed = await next.ScrubAsync();
            Assert.Contains(scrubbed, record => record.Locator == anna && record.Outcome == ScrubOutcome.Intact);
            Assert.Contains(scrubbed, record => record.Locator == again && record.Outcome == ScrubOutcome.Intact);
        }
    }

    [Fact]
    public async Task Every_flipped_bit_of_a_record_is_noticed_by_read_and_scrub_and_hides_no_other()
    {
        await using var packs = new PackStoreFixture(_disk);
        var anna = await packs.AppendAsync(Anna);
        var ben = await packs.AppendAsync(Ben);
        var cora = await packs.AppendAsync(Cora);
        await packs.FlushAsync();

        var bytes = _disk[1];
        var payloadEnd = ben.Offset + PackFormat.RecordHeaderSize + ben.StoredLength;
        for (var at = (int)ben.Offset; at < payloadEnd; at++)
        {
            bytes[at] ^= (byte)(1 << at % 8);
            await Assert.ThrowsAsync<BodyCorruptException>(() => packs.ReadAsync(Ben, ben));
            var scrubbed = await packs.ScrubAsync();
            Assert.Equal(anna, scrubbed[0].Locator);
            Assert.Equal(ben.Offset, scrubbed[1].Locator.Offset);
            Assert.NotEqual(ScrubOutcome.Intact, scrubbed[1].Outcome);
            Assert.Equal((cora, ScrubOutcome.Intact), (scrubbed[2].Locator, scrubbed[2].Outcome));
            bytes[at] ^= (byte)(1 << at % 8);
        }

        Assert.Equal(Ben, await packs.ReadAsync(Ben, ben));
        Assert.All(await packs.ScrubAsync(), record => Assert.Equal(ScrubOutcome.Intact, record.Outcome));
    }

    [Fact]
    public async Task A_record_in_the_wrong_place_is_damage()
    {
        await using var packs = new PackStoreFixture(_disk);
        var ben = await packs.AppendAsync(Ben);
        var cora = await packs.AppendAsync(SampleBodies.Noise(300, 9));
        await packs.FlushAsync();
        var size = PackFormat.RecordSize(ben.StoredLength);
        _disk[1].AsSpan((int)ben.Offset, size).CopyTo(_disk[1].AsSpan((int)cora.Offset));
        await Assert.ThrowsAsync<BodyCorruptException>(() => packs.ReadAsync(Ben, cora));
    }

    [Fact]
    public async Task Locators_that_lead_nowhere_are_damage_and_nothing_worse()
    {
        await using var packs = new PackStoreFixture(_disk);
        var ben = await packs.AppendAsync(Ben);
        await packs.FlushAsync();
        BodyLocator[] wrong =
        [
            ben with { Pack = 77 }, ben with { Offset = 1 << 20 }, ben with { Offset = ben.Offset + 8 }, ben with { Offset = -8 },
            ben with { StoredLength = int.MaxValue }, ben with { StoredLength = -1 }, ben with { Length = -1 }, ben with { Length = 5 }, default,
        ];
        foreach (var locator in wrong) await Assert.ThrowsAsync<BodyCorruptException>(() => packs.ReadAsync(Ben, locator));
        await Assert.ThrowsAsync<BodyCorruptException>(() => packs.ReadAsync(Anna, ben));
    }

    [Fact]
    public async Task A_start_after_a_crash_gives_back_the_unwritten_end_and_cuts_nothing_else()
    {
        var packs = new PackStoreFixture(_disk);
        var anna = await packs.AppendAsync(Anna);
        await packs.FlushAsync();

        // Damage in the middle: what lies behind it must stay.
        var zeros = _disk.AfterCrash();
        await using (var next = new PackStoreFixture(zeros)) Assert.Equal(Anna, await next.ReadAsync(Anna, anna));
        Assert.Equal(anna.Offset + PackFormat.RecordSize(anna.StoredLength), zeros[1].Length);

        var ben = await packs.AppendAsync(Ben);
        await packs.FlushAsync();
        var damaged = _disk.AfterCrash();
        damaged[1][anna.Offset] ^= 1;
        await using (var next = new PackStoreFixture(damaged)) Assert.Equal(Ben, await next.ReadAsync(Ben, ben));
        Assert.Equal(PackStoreFixture.Small.PackBytes, damaged[1].Length);
        await packs.DisposeAsync();
    }

    /// <summary>Version 1 as bytes: a store that reads or writes anything else has changed the format.</summary>
    [Fact]
    public async Task The_format_is_the_golden_one()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Packs", "pack-v1.bin");
        var raw = "Subject: raw\r\n\r\nToo short to be compressed.\r\n"u8.ToArray();
        var text = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("Subject: long\r\nAll work and no play.\r\n", 20)));
        BodyLocator compressed;
        await using (var packs = new PackStoreFixture(_disk))
        {
            await packs.AppendAsync(raw);
            await packs.AppendAsync([]);
            compressed = await packs.AppendAsync(text);
        }

        var golden = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        // Another version of the compressor may choose other bytes; reading them is tested below.
        var ours = (int)compressed.Offset + PackFormat.RecordHeaderSize - sizeof(int) - sizeof(ulong);
        Assert.Equal(golden.AsSpan(0, ours), _disk[1].AsSpan(0, ours));

        var directory = Directory.CreateTempSubdirectory("golden");
        File.Copy(path, Path.Combine(directory.FullName, "0000000001.pack"));
        await using (var store = new PackBodyStore(
            new Storage.Packs.Files.DiskPackFiles(directory.FullName),
            new DictionaryBodyIndex(),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<PackBodyStore>.Instance))
        {
            var found = new List<BlobId>();
            await foreach (var record in store.ScrubAsync(TestContext.Current.CancellationToken))
            {
                Assert.Equal(ScrubOutcome.Intact, record.Outcome);
                found.Add(record.Blob);
            }

            Assert.Equal([BlobId.Of(raw), BlobId.Of([]), BlobId.Of(text)], found);
        }

        directory.Delete(recursive: true);
    }
}
