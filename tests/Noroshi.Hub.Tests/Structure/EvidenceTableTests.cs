using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Reports.Findings;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Structure;

/// <summary>docs/evidence.md is made of the rules in the code, and every code of evidence has words.</summary>
public sealed partial class EvidenceTableTests
{
    [Fact]
    public void Every_code_of_an_exchanges_evidence_has_words_in_both_languages()
    {
        var used = Sources("Conversations")
            .Concat(Sources("Judgement"))
            .SelectMany(text => CodeForm().Matches(text))
            .Select(match => match.Groups["code"].Value)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        used.Count.ShouldBeGreaterThan(15);
        used.ShouldAllBe(code => WhyWords.Codes.Contains(code));
    }

    [Fact]
    public void The_manual_lists_families_and_codes_as_they_are()
    {
        var path = Path.Combine(Root(), "docs", "evidence.md");
        var table = Table();
        if (Environment.GetEnvironmentVariable("NOROSHI_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, table);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(table, "run these tests once with NOROSHI_WRITE_DOCS=1");
    }

    private static string Table()
    {
        var text = new StringBuilder();
        text.Append("# Evidence / 根拠の一覧\n\n");
        text.Append("Made from the tables in the code (`EvidenceRules`, `background-rarity.tsv`, `WhyWords`); a test keeps it so.\n\n");
        text.Append("コードの表から作成しています(テストが一致を確かめます)。\n\n");
        text.Append("## Links between mails / メールのつながり\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"Two mails are linked by the sum of their evidence in bits, log2(m / u): m is the chance that one attacker shows the value again, u the chance that strangers share it. Prior {EvidenceRules.Prior} bits; from {EvidenceRules.Suggestion} a suggestion, from {EvidenceRules.Probable} with two families probable, from {EvidenceRules.Strong} strong. Rules {EvidenceRules.Version}, background table {BackgroundRarity.Shipped.Version}. A *generic* family counts how many mails share the value; a value of another family identifies, however many mails it is in.\n\n"
        );
        text.Append("| family | m | cap, bits | generic |\n|---|---:|---:|---|\n");
        foreach (var family in Enum.GetValues<EvidenceFamily>().Where(family => family != EvidenceFamily.Prior))
        {
            var rule = EvidenceRules.Of(family);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{EvidenceRules.Word(family)}` | {rule.Agreement} | {rule.Cap} | {(rule.Generic ? "yes" : "no")} |\n"
            );
        }

        text.Append("\n## Exchanges / やり取り\n\n| code | 日本語 | English | limit |\n|---|---|---|---|\n");
        foreach (var code in WhyWords.Codes.Order(StringComparer.Ordinal))
        {
            var word = WhyWords.Of(code);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{code}` | {word.Title.Ja} | {word.Title.En} | {(word.Limit is { } limit ? $"{limit.Ja} / {limit.En}" : "")} |\n"
            );
        }

        return text.ToString();
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root(), "src", "Noroshi.Hub", folder), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText);

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here) ?? "", "../../.."));

    [GeneratedRegex(
        """(?:ConversationEvidence\(\s*"(?<code>[a-z.-]+)"|"(?<code>(?:payload|latency)\.[a-z-]+)")""",
        RegexOptions.None,
        1_000
    )]
    private static partial Regex CodeForm();
}
