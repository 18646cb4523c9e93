using System.Diagnostics;
using MailGrains.IndexBench;
using MailGrains.Storage.PostgreSql;
using MailGrains.Storage.Records;
using MailGrains.Storage.Sqlite.Contents;
using static MailGrains.Storage.Records.TokenQuery;

// MailGrains.IndexBench sqlite FOLDER | postgresql CONNECTION-STRING [CONTENTS]
const int Batch = 200;
var contents = args.Length > 2 ? int.Parse(args[2]) : 100_000;
var store = args[0] == "postgresql" ? await PostgreSqlStore.OpenAsync(new() { ConnectionString = args[1] }) : null;
var sqlite = store is null ? SqliteContentIndex.Open(args[1]) : null;
IContentIndex index = store is null ? sqlite! : store.Contents;

var texts = new SampleTexts(seed: 7);
var applying = new Stopwatch();
var position = 0;
var slowest = TimeSpan.Zero;
while (position < contents)
{
    // Not while the clock runs, and by nobody else meanwhile: the store has the machine.
    ContentWrite[] batch = [.. Enumerable.Range(position, Batch).Select(texts.Next)];
    var before = applying.Elapsed;
    applying.Start();
    if (!await index.ApplyAsync(new ContentBatch("bench", 0, position, position + Batch, batch), CancellationToken.None))
        throw new InvalidOperationException("The index is not new.");
    applying.Stop();
    if (applying.Elapsed - before > slowest) slowest = applying.Elapsed - before;
    position += Batch;
    if (position % 10_000 == 0)
        Console.WriteLine($"{position} contents: {position / applying.Elapsed.TotalSeconds:F0}/s, slowest batch {slowest.TotalMilliseconds:F0} ms");
}

(string Name, TokenQuery Query)[] searches =
[
    ("two rare terms", And(Exact("seldom"), Exact("scarce"))),
    ("rare and common", And(Exact("seldom"), Exact(SampleTexts.Ranked(3)))),
    ("rare and the beginning of many", And(Exact("seldom"), Prefix("ba"))),
    ("two of rank 1,000", And(Exact(SampleTexts.Ranked(1_000)), Exact(SampleTexts.Ranked(1_001)))),
    ("two common terms", And(Exact(SampleTexts.Ranked(2)), Exact(SampleTexts.Ranked(3)))),
    ("no hit", And(Exact("seldom"), Exact("nowhere"))),
];
foreach (var (name, query) in searches)
{
    await index.FindAsync(query, null, 0, 100, CancellationToken.None);
    var times = new List<double>();
    var hits = 0;
    for (var i = 0; i < 15; i++)
    {
        var start = Stopwatch.GetTimestamp();
        hits = (await index.FindAsync(query, null, 0, 100, CancellationToken.None)).Count;
        times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    times.Sort();
    Console.WriteLine($"{name}: first page of 100 has {hits}, median {times[7]:F1} ms, slowest {times[^1]:F1} ms");
}

foreach (var (name, query) in new[] { searches[3], searches[4] })
{
    var start = Stopwatch.GetTimestamp();
    var (found, after) = (0, 0L);
    while (await index.FindAsync(query, null, after, 1_000, CancellationToken.None) is { Count: > 0 } page)
        (found, after) = (found + page.Count, page[^1].Number);
    Console.WriteLine($"{name}: all {found} with their documents in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
}

Console.WriteLine(await index.CountAsync(CancellationToken.None));
if (sqlite is not null) await sqlite.DisposeAsync();
if (store is not null) await store.DisposeAsync();
if (sqlite is not null) Console.WriteLine($"{new FileInfo(Path.Combine(args[1], "index.db")).Length / contents} octets a content");
