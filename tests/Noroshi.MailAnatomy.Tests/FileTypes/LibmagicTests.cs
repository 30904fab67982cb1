using System.Globalization;
using System.Text;
using Noroshi.MailAnatomy.Tests.Structure;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.FileTypes;

/// <summary>Every fixture as <c>file</c> sees it. A difference that nobody has explained fails.</summary>
public sealed class LibmagicTests
{
    private const string Manual = "docs/file-types.md";

    [Fact]
    public void Every_difference_from_libmagic_is_explained()
    {
        var (_, answers) = Ask();
        var unexplained = Fixtures
            .All.Zip(answers)
            .Where(pair => !LibmagicTable.Agrees(pair.First.Format, pair.Second))
            .Where(pair => LibmagicTable.Why(pair.First.Format, pair.Second) is null)
            .Select(pair => $"{pair.First.Name}: {pair.First.Format}, libmagic {pair.Second}");

        unexplained.ShouldBeEmpty();
    }

    [Fact]
    public void The_manual_shows_the_comparison_as_it_is()
    {
        var (version, answers) = Ask();
        var path = Path.Combine(RepositoryTests.Root, Manual);
        var table = Table(version, answers);
        if (Environment.GetEnvironmentVariable("NOROSHI_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, table);
        }

        var written = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (!written.Contains(version, StringComparison.Ordinal))
        {
            Assert.Skip($"{Manual} was made with another version than {version}");
        }

        written.ShouldBe(table, "run these tests once with NOROSHI_WRITE_DOCS=1");
    }

    private static (string Version, string[] Answers) Ask()
    {
        var (version, answers) = ("", Array.Empty<string>());
        PeerTool.InFolder(folder =>
        {
            var names = Fixtures.All.Select((_, index) => index.ToString("D3", CultureInfo.InvariantCulture)).ToArray();
            for (var i = 0; i < names.Length; i++)
            {
                File.WriteAllBytes(Path.Combine(folder, names[i]), Fixtures.All[i].Bytes);
            }

            version = Lines(PeerTool.Run(folder, "file", "--version"))[0];
            answers = Lines(PeerTool.Run(folder, "file", ["--mime-type", "-b", .. names]));
        });
        answers.Length.ShouldBe(Fixtures.All.Count);
        return (version, answers);
    }

    private static string[] Lines(byte[] output) => Encoding.UTF8.GetString(output).TrimEnd('\n').Split('\n');

    private static string Table(string version, string[] answers)
    {
        var text = new StringBuilder();
        text.Append("# File types / ファイルの種類\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"Every file that the project's makers write, by content, and what `file --mime-type` ({version}) says of it. Made by a test, which fails on a difference without a reason. "
        );
        text.Append("Each file gets the same type again under the names `.pdf`, `.jpg`, `.exe` and `.txt`: an extension never wins.\n\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"本製品の見本ファイルすべてについて、内容から判断した種類と、`file --mime-type`({version})の答えを並べたものです。テストが作成し、理由のない違いがあれば失敗します。"
        );
        text.Append("どのファイルも、名前を`.pdf`・`.jpg`・`.exe`・`.txt`に変えても同じ種類になります。\n\n");
        text.Append("| type | format | fixtures | libmagic | 違いの理由 | reason of the difference |\n|---|---|---:|---|---|---|\n");
        var rows = Fixtures
            .All.Zip(answers)
            .GroupBy(pair => (Type: pair.First.Type.ToString(), pair.First.Format, Mime: pair.Second))
            .OrderBy(row => row.Key.Type, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Format, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Mime, StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var (type, format, mime) = row.Key;
            var why = LibmagicTable.Agrees(format, mime) ? null : LibmagicTable.Why(format, mime);
            text.Append(CultureInfo.InvariantCulture, $"| {type} | `{format}` | {row.Count()} | `{mime}` | {why?.Ja} | {why?.En} |\n");
        }

        return text.ToString();
    }
}
