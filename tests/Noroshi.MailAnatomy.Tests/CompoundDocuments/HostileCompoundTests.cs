using System.Diagnostics;
using Noroshi.Makers.FileTypes;
using Noroshi.Makers.Hostile;
using Noroshi.Makers.Justsystems;
using Noroshi.Makers.OfficeBinary;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.CompoundDocuments;

public sealed class HostileCompoundTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. HostileCompound.All.Select(input => input.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_documents_are_taken_apart_in_a_moment(string name)
    {
        var input = HostileCompound.All.Single(one => one.Name == name);
        var bytes = input.Make();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();

        var facts = Dissector.File(bytes, "hostile");

        output.WriteLine(
            $"{watch.ElapsedMilliseconds} ms, {bytes.Length} bytes, {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MiB"
        );
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        if (input.Finding is { } expected)
        {
            Codes(facts).ShouldContain(code => code.StartsWith(expected, StringComparison.Ordinal));
        }
    }

    /// <summary>Without a bound on all of them together: 24 GB and 2 GB.</summary>
    [Theory]
    [InlineData("formulas-of-60000-signs", 128)]
    [InlineData("1024-pieces-are-one", 32)]
    public void What_is_named_many_times_is_not_read_many_times(string variant, int megabytes)
    {
        var bytes = HostileCompound.All.Single(one => one.Variant == variant).Make();
        var before = GC.GetAllocatedBytesForCurrentThread();

        _ = new Inspected(bytes);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan((long)megabytes << 20);
    }

    [Fact]
    public void Cut_and_changed_documents_never_throw()
    {
        byte[][] files =
        [
            IchitaroMaker.Document(),
            IchitaroMaker.Document(pieces: true),
            IchitaroMaker.Compressed(IchitaroMaker.Document()),
            IchitaroMaker.Old(5, "題", "本文"),
            new VbaMaker("P")
                .Module("M", "Sub AutoOpen()\r\nx = \"a\" & Chr(66)\r\nEnd Sub")
                .AddTo(WordMaker.Document("a\u0013 DDE x\u0015日本", ["a", "b"]), "Macros")
                .Build(),
            new WorkbookMaker()
                .Writer("w")
                .BuiltInName(1)
                .Shared("ab", "cd")
                .Sheet("S", 2, 1, WorkbookMaker.Formula(0, WorkbookMaker.Text("x"), WorkbookMaker.Function(0x6E, 1)))
                .File()
                .Build(),
            new PresentationMaker().Text("x").Link("http://a.example.jp/").Object(new byte[500]).File().Build(),
            WordMaker
                .Document("x")
                .Stream("\u0005SummaryInformation", PropertySetMaker.Summary().Text(4, "a").Build())
                .Stream("O/_1/\u0001Ole10Native", OleObjectMaker.Native("a", "b", "c", [1, 2]))
                .Build(),
        ];
        var random = new Random(20131017);
        for (var i = 0; i < 4_000; i++)
        {
            var file = files[i % files.Length];
            var bytes = i % 4 == 0 ? file[..random.Next(44, file.Length)] : [.. file];
            for (var changes = random.Next(0, 24); changes > 0; changes--)
            {
                bytes[random.Next(i % 3 == 0 ? 0 : 512 % bytes.Length, bytes.Length)] = (byte)random.Next(256);
            }

            if (bytes.Length >= 512)
            {
                Inspect(bytes);
            }
        }
    }

    private static IEnumerable<string> Codes(FileFacts file) =>
        file.Findings.Select(finding => finding.Code).Concat(file.Children.SelectMany(Codes));

    private static void Inspect(byte[] bytes)
    {
        if (Noroshi.MailAnatomy.FileTypes.FileTypeTable.Recognise(bytes) is not { } found)
        {
            return;
        }

        var inspection = new Noroshi.MailAnatomy.FileTypes.FileInspection();
        found.Recogniser.Inspect(bytes, found.Match, inspection);
        inspection.Traits.Count.ShouldBeLessThanOrEqualTo(64);
    }
}
