using CsCheck;
using Xunit;

namespace MailGrains.Evidence.Tests.Verification;

/// <summary>No bit of an export can be flipped unseen, but for the reasons in collected.txt; and whatever else is in the files, the program says what.</summary>
public sealed class AnyBitTests
{
    [Fact]
    public async Task Any_flipped_bit_is_found()
    {
        var log = new TestLog();
        log.Collected[log.BodyOf(0)] = "";
        using var export = await ExportedFolder.OfAsync(log);
        var files = Directory.GetFiles(export.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var gen = Gen.Int[0, files.Length - 1].SelectMany(f => Gen.Int[0, Covered(files[f]) * 8 - 1].Select(bit => (File: files[f], Bit: bit)));
        await gen.SampleAsync(async flip =>
        {
            var octets = await File.ReadAllBytesAsync(flip.File);
            byte[] changed = [.. octets];
            changed[flip.Bit / 8] ^= (byte)(1 << flip.Bit % 8);
            try
            {
                await File.WriteAllBytesAsync(flip.File, changed);
                return (await Verifier.CheckAsync(export.Path)).Code is 1 or 2;
            }
            finally
            {
                await File.WriteAllBytesAsync(flip.File, octets);
            }
        }, iter: 800, threads: 1);
        (await Verifier.CheckAsync(export.Path)).IsUnchanged();
    }

    /// <summary>The octets of a file that any check is about. The one line of collected.txt has its reason behind a hash and a tab.</summary>
    private static int Covered(string file) => Path.GetFileName(file) == "collected.txt" ? 65 : (int)new FileInfo(file).Length;

    [Fact]
    public async Task Files_of_nonsense_are_problems_like_others()
    {
        await Gen.Byte.Array[0, 300].SampleAsync(async octets =>
        {
            using var export = await ExportedFolder.OfAsync(new TestLog());
            foreach (var file in new[] { export.Events(0), export.Checkpoint(0, 10), export.File("collected.txt"), export.File("events", "1.start.json") })
                await File.WriteAllBytesAsync(file, octets);
            return await Verifier.CheckAsync(export.Path) is { Code: 1, Error: "" };
        }, iter: 100, threads: 1);
    }
}
