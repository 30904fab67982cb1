using System.Text;
using System.Text.RegularExpressions;
using Noroshi.MailAnatomy.Findings;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Structure;

/// <summary>The one table of finding codes, and docs/findings.md made of it.</summary>
public sealed partial class FindingTableTests
{
    [Fact]
    public void Codes_are_unique_and_of_the_form_area_what() =>
        FindingCodes
            .All()
            .Select(code => code.Code)
            .ShouldSatisfyAllConditions(
                codes => codes.Count().ShouldBeGreaterThan(100),
                codes => codes.Distinct(StringComparer.Ordinal).Count().ShouldBe(codes.Count()),
                codes => codes.ShouldAllBe(code => CodeForm().IsMatch(code))
            );

    [Fact]
    public void Every_code_says_a_sentence_in_both_languages()
    {
        foreach (var code in FindingCodes.All())
        {
            code.Ja.ShouldEndWith("。", Case.Sensitive, code.Code);
            code.Ja.Count(character => character > (char)0x3040).ShouldBeGreaterThan(3, code.Code);
            code.En.ShouldEndWith(".", Case.Sensitive, code.Code);
            code.En.ShouldAllBe(character => character < '\u3000', code.Code);
        }
    }

    [Fact]
    public void The_manual_lists_the_table_as_it_is()
    {
        var path = Path.Combine(RepositoryTests.Root, "docs/findings.md");
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
        text.Append("# Findings / 所見の一覧\n\n");
        text.Append(
            "Made from the table in the code (`FindingCodes`); a test keeps it so. Severity: `note` ordinary mail has it too, `suspicious` seldom in honest mail, "
        );
        text.Append("`damaged` the bytes do not follow their format, `limit` a limit stopped the work.\n\n");
        text.Append(
            "コードの表から作成しています(テストが一致を確かめます)。重さは、`note` 普通のメールにもある、`suspicious` 正当なメールではまれ、`damaged` 形式どおりでない、`limit` 上限で止めた、の4種です。\n\n"
        );
        text.Append("| code | severity | 日本語 | English |\n|---|---|---|---|\n");
        foreach (var code in FindingCodes.All())
        {
            text.Append("| `")
                .Append(code.Code)
                .Append("` | ")
                .Append(code.Severity.ToString().ToLowerInvariant())
                .Append(" | ")
                .Append(Cell(code.Ja))
                .Append(" | ")
                .Append(Cell(code.En))
                .Append(" |\n");
        }

        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeForm();
}
