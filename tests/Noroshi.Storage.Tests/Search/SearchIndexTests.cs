using System.Globalization;
using System.Text;
using Noroshi.Hub.Search;
using Noroshi.Storage.Sqlite.Search;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Search;

public sealed class MemorySearchIndexTests : SearchIndexContract
{
    protected override ISearchIndex Open(int number) => new MemorySearchIndex();
}

public sealed class SqliteSearchIndexTests : SearchIndexContract
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];
    private readonly string _root = Directory.CreateTempSubdirectory("noroshi-search-").FullName;

    protected override ISearchIndex Open(int number) => OpenSqlite(number, Key);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task An_index_that_is_opened_again_knows_everything()
    {
        await using (var first = OpenSqlite(7, Key))
        {
            await first.ApplyAsync(Changes(1, "alpha beta"), Cancel);
        }

        await using var second = OpenSqlite(7, Key);

        second.Count.ShouldBe(1);
        second.Position.ShouldBe(1);
        (await FindAsync(second, "beta")).ShouldBe(["m1"]);
    }

    [Fact]
    public async Task A_file_made_under_another_key_or_damaged_begins_anew_and_says_so_by_its_position()
    {
        await using (var first = OpenSqlite(8, Key))
        {
            await first.ApplyAsync(Changes(1, "alpha"), Cancel);
        }

        await using (var other = OpenSqlite(8, [.. Key.Reverse()]))
        {
            other.Position.ShouldBe(-1);
            other.Count.ShouldBe(0);
            await other.ApplyAsync(Changes(1, "alpha"), Cancel);
        }

        var file = Path.Combine(Folder(8), SqliteSearchIndex.FileName);
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        Array.Fill(bytes, (byte)0x55, 0, Math.Min(bytes.Length, 8_192));
        await File.WriteAllBytesAsync(file, bytes, Cancel);
        await using var third = OpenSqlite(8, [.. Key.Reverse()]);
        third.Position.ShouldBe(-1);
        await third.ApplyAsync(Changes(1, "alpha"), Cancel);
        (await FindAsync(third, "alpha")).ShouldBe(["m1"]);
    }

    [Fact]
    public async Task No_word_address_name_or_organisation_stands_in_the_files()
    {
        string[] canaries = ["canaryword", "canary.example", "かなりあ", "カナリア", "金糸雀", "power-canary", "canary-file"];
        await using (var index = OpenSqlite(9, Key))
        {
            for (var i = 0; i < 300; i++)
            {
                var document = new SearchDocument(
                    "id" + i.ToString(CultureInfo.InvariantCulture),
                    "power-canary",
                    DateTimeOffset.UnixEpoch.AddDays(i),
                    [
                        new SearchText(SearchField.Body, "canaryword かなりあ カナリア 金糸雀 " + i.ToString(CultureInfo.InvariantCulture)),
                        new SearchText(SearchField.From, "canary <canary@canary.example>"),
                        new SearchText(SearchField.File, "canary-file.exe"),
                    ]
                );
                await index.ApplyAsync(new SearchChanges { Put = [SearchEntry.Of(document)] }, Cancel);
            }

            AssertAbsent(canaries);
        }

        AssertAbsent(canaries);
    }

    [Fact]
    public async Task What_stood_for_a_removed_document_is_taken_out_of_the_file()
    {
        await using var index = OpenSqlite(10, Key);
        await index.ApplyAsync(Changes(1, "alpha onlyhere"), Cancel);
        await index.ApplyAsync(Changes(2, "alpha"), Cancel);
        var token = BitConverter.GetBytes(new SearchTokenKey(Key).Token("onlyhere"));
        Array.Reverse(token);
        Contents(10).Any(file => file.AsSpan().IndexOf(token) >= 0).ShouldBeTrue();

        await index.ApplyAsync(new SearchChanges { Remove = ["m1"] }, Cancel);
        await index.DisposeAsync();

        Contents(10).Any(file => file.AsSpan().IndexOf(token) >= 0).ShouldBeFalse();
    }

    [Fact]
    public async Task Searches_run_while_documents_are_written()
    {
        await using var index = OpenSqlite(11, Key);
        await index.ApplyAsync(Changes(0, "alpha w0"), Cancel);
        var writing = Task.Run(
            async () =>
            {
                for (var round = 0; round < 30; round++)
                {
                    // The same ids over and over: replaced, scrubbed.
                    await index.ApplyAsync(
                        new SearchChanges { Put = [.. Enumerable.Range(0, 40).Select(i => SearchEntry.Of(Mail(i, "power-a", "alpha")))] },
                        Cancel
                    );
                }
            },
            Cancel
        );
        while (!writing.IsCompleted)
        {
            var found = await FindAsync(index, "alpha");
            found.Count.ShouldBeOneOf(1, 40);
            found.ShouldContain(id => id == "m0");
        }

        await writing;
        (await FindAsync(index, "alpha")).Count.ShouldBe(40);
    }

    private SqliteSearchIndex OpenSqlite(int number, byte[] key)
    {
        Directory.CreateDirectory(Folder(number));
        return SqliteSearchIndex.Open(Folder(number), key);
    }

    private string Folder(int number) => Path.Combine(_root, number.ToString(CultureInfo.InvariantCulture));

    private List<byte[]> Contents(int number) => [.. Directory.EnumerateFiles(Folder(number)).Select(File.ReadAllBytes)];

    private void AssertAbsent(string[] canaries)
    {
        var files = Contents(9);
        files.Sum(file => (long)file.Length).ShouldBeGreaterThan(10_000);
        foreach (var canary in canaries)
        {
            foreach (var encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
            {
                files.Any(file => file.AsSpan().IndexOf(encoding.GetBytes(canary)) >= 0).ShouldBeFalse(canary);
            }
        }
    }

    private static SearchChanges Changes(int number, string body) =>
        new() { Put = [SearchEntry.Of(Mail(number, "power-a", body))], Through = number };

    private static async Task<IReadOnlyList<string>> FindAsync(SqliteSearchIndex index, string word) =>
        [
            .. (
                await index.FindAsync(
                    new SearchProbe
                    {
                        Clauses =
                        [
                            [new SearchAlternative(SearchFields.All, [word])],
                        ],
                        Most = 100,
                    },
                    Cancel
                )
            ).Select(candidate => candidate.Id),
        ];
}
