using System.IO.Compression;
using System.Text;
using Noroshi.Hub.Sharing;
using Noroshi.Hub.Sharing.Gate;
using Noroshi.Hub.Tests.Story;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Sharing;

/// <summary>The leak gate against seeded leaks and clean texts.</summary>
public sealed class LeakGateTests(ITestOutputHelper output)
{
    /// <summary>One word of each kind; all invented.</summary>
    private static readonly IdentityTerm[] Terms =
    [
        new("m", IdentityKind.NameJa, "株式会社霧島電力"),
        new("m", IdentityKind.NameKana, "キリシマデンリョク"),
        new("m", IdentityKind.NameRomaji, "Kirishima Denryoku"),
        new("m", IdentityKind.NameEn, "Kirishima Electric Power Co., Ltd."),
        new("m", IdentityKind.Abbreviation, "KEPWR"),
        new("m", IdentityKind.FormerName, "南九州配電"),
        new("m", IdentityKind.Brand, "Hinokuni-Plus"),
        new("m", IdentityKind.Project, "計画あけぼの"),
        new("m", IdentityKind.Domain, "kirishima-power.example"),
        new("m", IdentityKind.Address, "shiryou-madoguchi@kirishima-power.example"),
        new("m", IdentityKind.Network, "198.51.100.0/24"),
        new("m", IdentityKind.Host, "mxgate07.kirishima-power.example"),
        new("m", IdentityKind.Tenant, "7d3f1c52-9b0e-4a66-8f21-5ce0a94b7713"),
        new("m", IdentityKind.Phone, "099-555-0147"),
        new("m", IdentityKind.PostalAddress, "鹿児島県霧島市架空町3-14-15"),
        new("m", IdentityKind.Staff, "有村 千鶴"),
        new("m", IdentityKind.CorporateNumber, "9340001999999"),
        new("m", IdentityKind.Word, "社内略号ZQX"),
    ];

    private static readonly LeakGate Gate = new(Terms);

    private static readonly (string Name, Func<string, byte[]> Wrap)[] Containers =
    [
        ("json", text => Encoding.UTF8.GetBytes($$"""{"type":"report","name":"注意喚起","description":"{{text}}","tlp":"amber"}""")),
        ("csv", text => Encoding.UTF8.GetBytes($"\uFEFFkind,value\r\nsender,attacker@free.example\r\nsubject,\"{text}\"\r\n")),
        ("mail", text => Encoding.UTF8.GetBytes($"Subject: [TLP:AMBER] notice\r\n\r\nWatch for this.\r\n{text}\r\n-- \r\nhub\r\n")),
        ("html", text => Encoding.UTF8.GetBytes($"<html><body><table><tr><td>{text}</td></tr></table></body></html>")),
        ("docx", text => Zip(("word/document.xml", $"<w:document><w:t>{text}</w:t></w:document>"), ("[Content_Types].xml", "<Types/>"))),
        ("gzip", text => LeakEncoders.Gzip(Encoding.UTF8.GetBytes($"manifest\n{text}\n"))),
        ("utf-16", text => Encoding.Unicode.GetBytes($"\uFEFFnotice {text} end")),
        (
            "base64 attachment",
            text =>
                Encoding.ASCII.GetBytes(
                    $"Content-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(Encoding.UTF8.GetBytes($"kind,value\r\nsubject,{text}\r\n"), Base64FormattingOptions.InsertLineBreaks)}\r\n"
                )
        ),
    ];

    [Fact]
    public void No_seeded_leak_passes()
    {
        var missed = new List<string>();
        var tried = 0;
        foreach (var (encoder, encode) in LeakEncoders.Text)
        {
            foreach (var term in Terms)
            {
                if (!Carries(encoder, term.Value))
                {
                    continue;
                }

                foreach (var (container, wrap) in Containers)
                {
                    tried++;
                    if (Gate.Inspect(wrap(encode(term.Value))).Verdict != GateVerdict.Blocked)
                    {
                        missed.Add($"{encoder} / {term.Kind} / {container}");
                    }
                }
            }
        }

        output.WriteLine($"{tried} leaks, {LeakEncoders.Text.Count} encoders, {Terms.Length} kinds, {Containers.Length} containers");
        missed.ShouldBeEmpty($"{missed.Count} of {tried}");
        LeakEncoders.Text.Count.ShouldBeGreaterThanOrEqualTo(50);
        tried.ShouldBeGreaterThanOrEqualTo(5_000);
    }

    [Theory]
    [InlineData("198.51.100.7")]
    [InlineData("198.51.100.0/24")]
    [InlineData("198.51.100.x")]
    [InlineData("198[.]51[.]100[.]7")]
    [InlineData("host-198-51-100-7.provider.example")]
    [InlineData("7.100.51.198.in-addr.arpa")]
    [InlineData("0xC6336407")]
    [InlineData("3325256711")]
    [InlineData("0306.063.0144.07")]
    [InlineData("::ffff:198.51.100.7")]
    [InlineData("::ffff:c633:6407")]
    public void An_own_address_is_found_in_any_notation(string notation) =>
        Gate.Inspect($"The peer was {notation}, as seen.").Verdict.ShouldBe(GateVerdict.Blocked);

    [Theory]
    [InlineData("198.51.101.7")]
    [InlineData("version 1.98.51.100")]
    [InlineData("19.85.110.0")]
    [InlineData("3325256967")]
    public void Other_addresses_are_not(string notation) =>
        Gate.Inspect($"The peer was {notation}, as seen.").Verdict.ShouldBe(GateVerdict.Clear);

    [Theory]
    [InlineData("+81 99 555 0147")]
    [InlineData("(099)555-0147")]
    [InlineData("０９９－５５５－０１４７")]
    [InlineData("〇九九の五五五の〇一四七")]
    [InlineData("0995550147")]
    public void A_telephone_number_is_found_however_it_is_written(string written) =>
        Gate.Inspect($"電話 {written} まで").Verdict.ShouldBe(GateVerdict.Blocked);

    [Fact]
    public void A_short_word_blocks_as_a_word_and_not_inside_another()
    {
        Gate.Inspect("the window of KEPWR asked").Verdict.ShouldBe(GateVerdict.Blocked);
        Gate.Inspect("mail from kepwr-tokyo").Verdict.ShouldBe(GateVerdict.Blocked);
        Gate.Inspect("the keepwright method").Verdict.ShouldBe(GateVerdict.Clear);
        Gate.Inspect("keep wrong").Verdict.ShouldBe(GateVerdict.Clear);
    }

    [Fact]
    public void A_very_short_word_is_for_a_person_to_decide()
    {
        var gate = new LeakGate([new("m", IdentityKind.Abbreviation, "霧電"), new("m", IdentityKind.Abbreviation, "KDN")]);
        gate.Inspect("霧電では").Verdict.ShouldBe(GateVerdict.Review);
        gate.Inspect("from KDN today").Verdict.ShouldBe(GateVerdict.Review);
        gate.Inspect("forKDNow").Verdict.ShouldNotBe(GateVerdict.Blocked);
    }

    [Fact]
    public void The_hit_tells_whose_word_it_was_and_how_it_was_hidden()
    {
        var report = Gate.Inspect($"see {Convert.ToBase64String(Encoding.UTF8.GetBytes("霧島電力の窓口"))}");
        var hit = report.Hits.First(one => one.Blocks);
        hit.Term.Kind.ShouldBe(IdentityKind.NameJa);
        hit.Path.ShouldBe("base64");
    }

    [Fact]
    public void However_many_short_words_stand_before_it_the_long_one_is_found()
    {
        var letters = "bcdfghjkmnpqrtvwxz";
        var words = letters
            .SelectMany(one => letters.SelectMany(two => letters.Select(three => $"{one}{two}{three}")))
            .Take(1_500)
            .ToList();
        var gate = new LeakGate(words.Select(word => new IdentityTerm("m", IdentityKind.Abbreviation, word)).Concat(Terms));
        gate.Inspect(string.Join(' ', words)).Verdict.ShouldBe(GateVerdict.Review);
        gate.Inspect(string.Join(' ', words) + " 霧島電力").Verdict.ShouldBe(GateVerdict.Blocked);
    }

    [Fact]
    public void Artefacts_that_leave_together_are_looked_through_as_far_as_each_alone()
    {
        var inner = Layers("霧島電力の窓口から連絡がありました", DecoderClosure.MostLayers - 1);
        ReadOnlyMemory<byte> deep = Encoding.ASCII.GetBytes(Layers(inner, 2));
        ReadOnlyMemory<byte> open = Encoding.ASCII.GetBytes(inner);
        Gate.Inspect(deep).Verdict.ShouldBe(GateVerdict.Clear);
        Gate.Inspect(open).Verdict.ShouldBe(GateVerdict.Blocked);
        // The reading of the second was met in the first, under more layers than may be undone.
        Gate.Inspect([deep, open]).Max(one => one.Verdict).ShouldBe(GateVerdict.Blocked);
        Gate.Inspect([open, deep]).Max(one => one.Verdict).ShouldBe(GateVerdict.Blocked);
        Gate.Inspect([open, open]).Select(one => one.Verdict).ShouldBe([GateVerdict.Blocked, GateVerdict.Clear]);
    }

    private static string Layers(string text, int count) =>
        Enumerable.Range(0, count).Aggregate(text, (inner, _) => Convert.ToBase64String(Encoding.UTF8.GetBytes(inner)));

    [Fact]
    public void What_cannot_be_looked_through_is_blocked()
    {
        var bomb = LeakEncoders.Gzip(new byte[100_000_000]);
        var report = Gate.Inspect(bomb);
        report.Verdict.ShouldBe(GateVerdict.Blocked);
        report.Incomplete.ShouldBeTrue();
        Gate.Inspect(new byte[] { 0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C, 0, 4 }).Incomplete.ShouldBeTrue();
    }

    [Fact]
    public void A_gate_without_words_lets_everything_readable_pass() =>
        new LeakGate([]).Inspect("霧島電力 198.51.100.7").Verdict.ShouldBe(GateVerdict.Clear);

    [Fact]
    public void Clean_items_pass_before_the_dictionaries_of_the_whole_story()
    {
        var terms = StoryMails.Story.Members.Organizations.SelectMany(IdentityTerms.Of).ToList();
        var gate = new LeakGate(terms);
        var stopped = new List<string>();
        const int bundles = 1_000;
        for (var seed = 0; seed < bundles; seed++)
        {
            var report = gate.Inspect(ItemForm.Bytes(CleanBundles.Of(seed, 16)));
            if (report.Verdict != GateVerdict.Clear)
            {
                stopped.Add($"{seed}: {report.Verdict} {report.Hits[0].Term.Kind} {report.Hits[0].Term.Value} {report.Hits[0].Path}");
            }
        }

        output.WriteLine($"{terms.Count} words; {stopped.Count} of {bundles} stopped");
        terms.Count.ShouldBeGreaterThan(200);
        stopped.Count.ShouldBeLessThanOrEqualTo(bundles / 100, string.Join('\n', stopped.Take(20)));
    }

    /// <summary>An encoder that changes nothing of a word says nothing new; one that cannot carry it (kana in ASCII) is not asked to.</summary>
    private static bool Carries(string encoder, string value) =>
        encoder switch
        {
            // Dots make another address of it.
            "dotted" => !value.Contains('/', StringComparison.Ordinal),
            "tag letters" or "rot13" or "squared letters" => value.Count(char.IsAsciiLetter) >= 6 && value.All(char.IsAscii),
            "reversed" or "reversed behind RLO" => value.Count(char.IsLetter) >= 3 && !value.Contains('株', StringComparison.Ordinal),
            "jis without escapes" => value.Any(c => c > 0x7F),
            _ => true,
        };

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var whole = new MemoryStream();
        using (var archive = new ZipArchive(whole, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in entries)
            {
                using var stream = archive.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return whole.ToArray();
    }
}
