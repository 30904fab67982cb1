using System.Reflection;
using Noroshi.Hub;
using Noroshi.Server.Portal;
using Noroshi.Server.Tests.Access;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Portal;

/// <summary>Every word that a reader sees stands in a table, in both languages.</summary>
public sealed class PortalWordsTests
{
    /// <summary>Names that are the same everywhere.</summary>
    private static readonly string[] Same =
    [
        "CSV(Excel)",
        "RLO",
        "LNK",
        "MISP",
        "STIX 2.1",
        "JSON",
        "URL",
        "SHA-256",
        "SHA-1",
        "MD5",
        "Message-ID",
        "%",
    ];

    [Fact]
    public void Every_word_of_the_portal_has_both_languages()
    {
        var words = All().ToList();
        words.Count.ShouldBeGreaterThan(150);
        foreach (var (where, one) in words)
        {
            one.Ja.Trim().ShouldNotBeEmpty(where);
            one.En.Trim().ShouldNotBeEmpty(where);
            if (where.EndsWith(".OtherLanguage", StringComparison.Ordinal))
            {
                continue;
            }

            one.En.ShouldAllBe(letter => !IsJapanese(letter), where);
            (one.Ja.Any(IsJapanese) || Same.Contains(one.Ja, StringComparer.Ordinal)).ShouldBeTrue($"{where}: {one.Ja}");
        }
    }

    [Fact]
    public void No_Japanese_stands_in_the_markup_of_a_screen()
    {
        var folder = Path.Combine(BuildTests.RepositoryRoot(), "src", "Noroshi.Server", "Portal");
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).ToList();
        files.Count.ShouldBeGreaterThan(15);
        foreach (var file in files.Where(one => !one.EndsWith("Words.cs", StringComparison.Ordinal)))
        {
            var lines = File.ReadAllLines(file).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal));
            lines.ShouldAllBe(line => !line.Any(IsJapanese), file);
        }
    }

    private static IEnumerable<(string Where, Words Words)> All()
    {
        var tables = typeof(FrameWords)
            .Assembly.GetTypes()
            .Where(one => one.Namespace?.StartsWith("Noroshi.Server.Portal", StringComparison.Ordinal) == true)
            .Where(one => one.Name.EndsWith("Words", StringComparison.Ordinal));
        foreach (var table in tables)
        {
            foreach (var field in table.GetFields(BindingFlags.Public | BindingFlags.Static).Where(one => one.FieldType == typeof(Words)))
            {
                yield return ($"{table.Name}.{field.Name}", field.GetValue(null).ShouldBeOfType<Words>());
            }

            foreach (
                var method in table.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(one => one.ReturnType == typeof(Words))
            )
            {
                foreach (var value in Enum.GetValues(method.GetParameters().Single().ParameterType))
                {
                    yield return ($"{table.Name}.{method.Name} {value}", method.Invoke(null, [value]).ShouldBeOfType<Words>());
                }
            }
        }
    }

    private static bool IsJapanese(char letter) => letter is >= '\u3041' and <= '\u9fff';
}
