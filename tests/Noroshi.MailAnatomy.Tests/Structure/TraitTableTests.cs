using System.Text;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Structure;

/// <summary>The one table of traits, and docs/traits.md made of it.</summary>
public sealed class TraitTableTests
{
    [Fact]
    public void Names_are_unique_and_in_camel_case()
    {
        var names = TraitKinds.All().Select(kind => kind.Name).ToList();
        names.Count.ShouldBeGreaterThan(30);
        names.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(names.Count);
        names.ShouldAllBe(name => char.IsAsciiLetterLower(name[0]) && name.All(char.IsAsciiLetterOrDigit));
    }

    [Fact]
    public void Every_trait_has_a_label_in_both_languages()
    {
        foreach (var kind in TraitKinds.All())
        {
            kind.Ja.ShouldNotBeNullOrWhiteSpace(kind.Name);
            kind.En.ShouldNotBeNullOrWhiteSpace(kind.Name);
            kind.En.ShouldAllBe(character => character < '\u3000', kind.Name);
        }
    }

    [Fact]
    public void A_long_value_is_cut() =>
        TraitKinds.Common.Title.Of(new string('a', 5_000), "test").Value.Length.ShouldBe(TraitKind.MaxLength);

    [Fact]
    public void The_manual_lists_the_table_as_it_is()
    {
        var path = Path.Combine(RepositoryTests.Root, "docs/traits.md");
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
        text.Append("# Traits of files / ファイルの特徴の一覧\n\n");
        text.Append(
            "Made from the table in the code (`TraitKinds`); a test keeps it so. Weight: `unique` two files that share it come from one place, "
        );
        text.Append(
            "`personal` chosen by or given to a person or machine, `generic` shared by many, `descriptive` says what the file is, never who made it.\n\n"
        );
        text.Append(
            "コードの表から作成しています(テストが一致を確かめます)。重みは、`unique` 値が同じなら出所も同じ、`personal` 人や端末に固有、"
        );
        text.Append("`generic` 多くのファイルに共通、`descriptive` ファイルの性質だけを表し作成者の手がかりにはしない、の4種です。\n\n");
        text.Append("| name | weight | 日本語 | English |\n|---|---|---|---|\n");
        foreach (var kind in TraitKinds.All())
        {
            text.Append("| `")
                .Append(kind.Name)
                .Append("` | ")
                .Append(kind.Weight.ToString().ToLowerInvariant())
                .Append(" | ")
                .Append(kind.Ja)
                .Append(" | ")
                .Append(kind.En)
                .Append(" |\n");
        }

        return text.ToString();
    }
}
