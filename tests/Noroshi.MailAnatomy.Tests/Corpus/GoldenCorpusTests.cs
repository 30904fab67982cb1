using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Noroshi.MailAnatomy.Wire;
using Noroshi.Makers.Corpus;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Corpus;

/// <summary>
/// The corpus under tests/corpus: made by the project's own makers, each file with the facts it must give. After a wanted change run the
/// tests once with NOROSHI_WRITE_CORPUS=1 and read the difference before committing it.
/// </summary>
public sealed class GoldenCorpusTests
{
    private static readonly string Root = Path.Combine(Structure.RepositoryTests.Root, "tests", "corpus");
    private static readonly bool Writing = Environment.GetEnvironmentVariable("NOROSHI_WRITE_CORPUS") == "1";

    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        MaxDepth = 256,
    };

    /// <summary>One sentence of each text that the Japanese cases are made of.</summary>
    private static readonly string[] Sentences =
    [
        "貴社製品の性能表とソフトウェアの仕様についてお伺いします。",
        "①番目の㈱電力Ａ様、第Ⅲ章の㎏表記と髙橋・﨑山の件です。",
        "ﾃｽﾄ ﾒｰﾙ ﾃﾞｽ｡ 半角ｶﾅが入っています。",
    ];

    public static TheoryData<string> Files() => [.. Made().Select(file => $"{file.Folder}/{file.Name}")];

    [Fact]
    public void The_corpus_has_all_five_folders_and_enough_files()
    {
        var files = Made().ToList();
        files
            .Select(file => file.Folder)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["archives", "conversations", "japanese", "malformed", "rfc"]);
        files.Count.ShouldBeGreaterThan(80);
        files.Select(file => $"{file.Folder}/{file.Name}").Distinct(StringComparer.Ordinal).Count().ShouldBe(files.Count);
    }

    [Fact]
    public void No_file_of_the_corpus_is_left_over()
    {
        var made = Made().Select(file => Path.Combine(Root, file.Folder, file.Name)).ToHashSet(StringComparer.Ordinal);
        var replayed = Path.Combine(Root, "fuzz") + "/";
        foreach (var file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories))
        {
            // Inputs that the fuzzer found are replayed by the tests of the hostile set.
            if (file.StartsWith(replayed, StringComparison.Ordinal))
            {
                continue;
            }

            var mail = file.EndsWith(".golden.json", StringComparison.Ordinal) ? file[..^".golden.json".Length] : file;
            (made.Contains(mail) || file.Contains(".failed", StringComparison.Ordinal)).ShouldBeTrue(file);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_file_gives_the_facts_beside_it(string name)
    {
        var made = Made().Single(file => $"{file.Folder}/{file.Name}" == name);
        var path = Path.Combine(Root, made.Folder, made.Name);
        var golden = path + ".golden.json";
        var facts = Facts(made.Bytes).ToJsonString(Readable) + "\n";
        if (Writing)
        {
            Directory.CreateDirectory(Path.Combine(Root, made.Folder));
            File.WriteAllBytes(path, made.Bytes);
            File.WriteAllText(golden, facts);
        }

        File.ReadAllBytes(path).SequenceEqual(made.Bytes).ShouldBeTrue($"{name}: the maker makes other bytes than the file has");
        var expected = File.ReadAllText(golden);
        if (expected != facts)
        {
            File.WriteAllText(path + ".failed.json", facts);
        }

        facts.ShouldBe(expected, $"see {name}.failed.json");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Line_ends_of_LF_give_the_same_facts(string name)
    {
        var made = Made().Single(file => $"{file.Folder}/{file.Name}" == name);
        if (made.Bytes is [0xFF, 0xFE, ..])
        {
            // In UTF-16 a line end is no single byte: this file is about that alone.
            made.Bytes.Length.ShouldBeGreaterThan(2);
            return;
        }

        var text = Encoding.Latin1.GetString(made.Bytes);
        var lf = Encoding.Latin1.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal));
        WithoutBytes(Facts(lf)).ShouldBe(WithoutBytes(Facts(made.Bytes)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_same_bytes_give_the_same_facts_twice(string name)
    {
        var made = Made().Single(file => $"{file.Folder}/{file.Name}" == name);
        Facts(made.Bytes).ToJsonString(Readable).ShouldBe(Facts(made.Bytes).ToJsonString(Readable));
    }

    [Theory]
    [InlineData("japanese")]
    public void No_text_of_an_undamaged_folder_has_a_replacement_character(string folder)
    {
        var files = Made().Where(file => file.Folder == folder).ToList();
        files.Count.ShouldBeGreaterThanOrEqualTo(31);
        foreach (var file in files)
        {
            Facts(file.Bytes).ToJsonString(Readable).ShouldNotContain("\uFFFD", customMessage: file.Name);
        }
    }

    [Fact]
    public void Japanese_subjects_and_bodies_come_out_as_they_were_written()
    {
        foreach (var file in JapaneseCases.All())
        {
            var mail = Dissector.Mail(file.Bytes);
            if (file.Name.StartsWith("rfc2047-windows", StringComparison.Ordinal))
            {
                mail.Subject.ShouldBe("㈱電力Ａ①", file.Name);
            }
            else
            {
                mail.Subject.ShouldBe(JapaneseCases.Subject, file.Name);
            }

            (
                mail.Attachments.Count == 1 || Sentences.Any(sentence => mail.Body.Text.Contains(sentence, StringComparison.Ordinal))
            ).ShouldBeTrue($"{file.Name}: {mail.Body.Text}");
            foreach (var attachment in mail.Attachments)
            {
                attachment.Name.ShouldBeOneOf("性能表.txt", "製品の性能表と仕様.txt");
            }
        }
    }

    private static IEnumerable<CorpusFile> Made() =>
        [.. RfcCases.All(), .. JapaneseCases.All(), .. DamageCases.All(), .. ArchiveCases.All(), .. ConversationCases.All()];

    private static JsonArray Facts(byte[] bytes)
    {
        var frames = new List<AnatomyFrame>();
        Dissector.Dissect(bytes, new DissectionRequest { Kind = InputKind.Mail }, frames.Add);
        frames.Count.ShouldBeGreaterThan(0);
        var node = JsonSerializer.SerializeToNode(frames[^1].Mail, Readable);
        return [node];
    }

    /// <summary>
    /// The facts without what depends on the line ends themselves: digests and sizes of the raw mail and of text parts, offsets in the
    /// details of findings (their codes count).
    /// </summary>
    private static string WithoutBytes(JsonNode node)
    {
        Strip(node);
        return node.ToJsonString(Readable);
    }

    private static void Strip(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var name in (string[])["sha256", "sha1", "md5", "size", "detail"])
                {
                    members.Remove(name);
                }

                foreach (var member in members.Select(member => member.Value).ToList())
                {
                    Strip(member);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Strip(item);
                }

                break;
        }
    }
}
