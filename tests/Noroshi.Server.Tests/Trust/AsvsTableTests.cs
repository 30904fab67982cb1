using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>docs/asvs.csv: each requirement of OWASP ASVS 5.0 at levels 1 and 2 has a test, a written rule or a reason why it does not apply.</summary>
public sealed class AsvsTableTests
{
    private const string Table = "docs/asvs.csv";
    private const string Open = "docs/asvs-open.csv";

    private sealed record Row(string Number, string Level, string Topic, string Status, string Evidence, string Reason);

    private static readonly List<Row> Rows = [.. Lines(Table, "requirement,level,topic,status,evidence,reason").Select(Read)];

    [Fact]
    public void Every_requirement_has_one_row_in_the_order_of_the_standard()
    {
        AsvsNumbers.All.Count(one => one.Level == "1").ShouldBe(70);
        AsvsNumbers.All.Count(one => one.Level == "2").ShouldBe(183);
        Rows.Select(row => (row.Number, row.Level)).ShouldBe(AsvsNumbers.All);
    }

    [Fact]
    public void No_row_is_empty_and_every_status_is_known()
    {
        foreach (var row in Rows)
        {
            row.Topic.ShouldNotBeNullOrWhiteSpace(row.Number);
            row.Status.ShouldBeOneOf("test", "design", "not-applicable", "open");
            if (row.Status is "not-applicable" or "open")
            {
                row.Evidence.ShouldBeEmpty(row.Number);
                row.Reason.Length.ShouldBeGreaterThan(7, row.Number);
            }
            else
            {
                row.Evidence.ShouldNotBeNullOrWhiteSpace(row.Number);
            }
        }
    }

    [Fact]
    public void Every_named_test_exists()
    {
        TestNames.Count.ShouldBeGreaterThan(1_000);
        var named = Rows.Where(row => row.Status == "test")
            .SelectMany(row => row.Evidence.Split(' ').Select(name => (row.Number, name)))
            .ToList();
        named.Count.ShouldBeGreaterThan(60);
        named.Where(one => !TestNames.Exists(one.name)).Select(one => $"{one.Number} {one.name}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_named_rule_exists()
    {
        foreach (var row in Rows.Where(row => row.Status == "design"))
        {
            var parts = row.Evidence.Split('#');
            File.Exists(Path.Combine(Repository.Root, parts[0])).ShouldBeTrue($"{row.Number} {row.Evidence}");
            if (parts.Length > 1)
            {
                Source.Section(parts[0], parts[1]).Trim().Length.ShouldBeGreaterThan(100, $"{row.Number} {row.Evidence}");
            }
        }
    }

    [Fact]
    public void What_is_open_is_listed_with_what_is_missing_and_nothing_else_is()
    {
        var listed = Lines(Open, "requirement,missing,until").Select(line => line.Split(',')).ToList();
        listed.Select(cells => cells[0]).ShouldBe(Rows.Where(row => row.Status == "open").Select(row => row.Number));
        listed.ShouldAllBe(cells => cells.Length == 3 && cells[1].Length > 9 && cells[2].Length > 3);
    }

    [Fact]
    public void Every_test_and_file_that_the_security_page_names_exists()
    {
        var named = Repository.Read("SECURITY.md").Split('`').Where((_, i) => i % 2 == 1).ToList();
        var tests = named.Where(TestNames.IsForm).ToList();
        tests.Count.ShouldBeGreaterThan(20);
        tests.Where(name => !TestNames.Exists(name)).ShouldBeEmpty();
        var files = named
            .Where(name => name.Contains('/', StringComparison.Ordinal) && !name.Contains(' ', StringComparison.Ordinal))
            .ToList();
        files.Count.ShouldBeGreaterThan(3);
        files.Where(name => !Path.Exists(Path.Combine(Repository.Root, name))).ShouldBeEmpty();
    }

    private static IEnumerable<string> Lines(string file, string head)
    {
        var lines = Repository.Read(file).TrimEnd('\n').Split('\n');
        lines[0].ShouldBe(head, file);
        return lines.Skip(1);
    }

    /// <summary>Fields with a comma stand in double quotes; none has a quote or a line end inside.</summary>
    private static Row Read(string line)
    {
        var cells = new List<string>();
        for (var at = 0; at <= line.Length; )
        {
            var quoted = at < line.Length && line[at] == '"';
            var end = quoted ? line.IndexOf('"', at + 1) + 1 : line.IndexOf(',', at);
            end = end <= 0 ? line.Length : end;
            cells.Add(line[at..end].Trim('"'));
            at = end + 1;
        }

        cells.Count.ShouldBe(6, line);
        return new Row(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
    }
}
