using System.Globalization;
using Noroshi.Hub.Search;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Search;

/// <summary>What every search index must do, with the searcher over it.</summary>
public abstract class SearchIndexContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Day = new(2013, 10, 17, 0, 0, 0, TimeSpan.Zero);
    private readonly Dictionary<string, SearchDocument> _documents = new(StringComparer.Ordinal);
    private ISearchIndex? _index;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ISearchIndex Index => _index ?? throw new InvalidOperationException("The index is open while a test runs.");

    protected abstract ISearchIndex Open(int number);

    public ValueTask InitializeAsync()
    {
        _index = Open(0);
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Two_characters_of_japanese_are_found_and_one_too()
    {
        await PutAsync(Mail(1, "power-a", "添付ファイルをご確認ください"), Mail(2, "power-a", "本日の会議の件"));

        (await IdsAsync("添付")).ShouldBe(["m1"]);
        (await IdsAsync("会議")).ShouldBe(["m2"]);
        (await IdsAsync("添")).ShouldBe(["m1"]);
        (await IdsAsync("の")).ShouldBe(["m2"]);
        (await IdsAsync("議会")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Candidates_whose_words_stand_apart_are_no_hits()
    {
        await PutAsync(Mail(1, "power-a", "com example"), Mail(2, "power-a", "see www.example.com now"), Mail(3, "power-a", "付会 合付"));

        (await IdsAsync("example.com")).ShouldBe(["m2"]);
        (await IdsAsync("\"com example\"")).ShouldBe(["m1"]);
        (await IdsAsync("付会合付")).ShouldBe(["m3"]);
        (await IdsAsync("会付")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Newest_come_first_and_dates_limit()
    {
        await PutAsync(Mail(1, "power-a", "alpha"), Mail(3, "power-a", "alpha"), Mail(2, "power-a", "alpha beta"));

        (await IdsAsync("alpha")).ShouldBe(["m3", "m2", "m1"]);
        (await IdsAsync("alpha received:2013-10-19")).ShouldBe(["m2"]);
        (await IdsAsync("alpha -beta")).ShouldBe(["m3", "m1"]);
        (await IdsAsync("beta OR received:2013")).ShouldBeEmpty();
        (await IdsAsync("-beta")).ShouldBe(["m3", "m1"]);
        (await IdsAsync("received:2013-10")).ShouldBe(["m3", "m2", "m1"]);
    }

    [Fact]
    public async Task A_document_put_again_replaces_the_earlier()
    {
        await PutAsync(Mail(1, "power-a", "alpha"));
        await PutAsync(Mail(1, "power-a", "beta"));

        Index.Count.ShouldBe(1);
        (await IdsAsync("alpha")).ShouldBeEmpty();
        (await IdsAsync("beta")).ShouldBe(["m1"]);
    }

    [Fact]
    public async Task What_is_removed_or_erased_vanishes()
    {
        await PutAsync(Mail(1, "power-a", "alpha"), Mail(2, "power-a", "alpha"), Mail(3, "power-a", "alpha"));
        await Index.ApplyAsync(new SearchChanges { Remove = ["m1", "never"] }, Cancel);
        // Erased in the store; the index was not told.
        _documents.Remove("m2");

        Index.Count.ShouldBe(2);
        (await IdsAsync("alpha")).ShouldBe(["m3"]);
        (await IdsAsync("received:2013")).ShouldBe(["m3"]);
    }

    [Fact]
    public async Task The_position_moves_with_the_documents()
    {
        Index.Position.ShouldBe(-1);
        await Index.ApplyAsync(new SearchChanges { Put = [SearchEntry.Of(Mail(1, "power-a", "alpha"))], Through = 17 }, Cancel);
        await Index.ApplyAsync(new SearchChanges { Put = [SearchEntry.Of(Mail(2, "power-a", "alpha"))] }, Cancel);

        Index.Position.ShouldBe(17);
    }

    [Fact]
    public async Task Pages_miss_nothing_and_double_nothing_while_documents_come_and_go()
    {
        for (var i = 0; i < 40; i++)
        {
            await PutAsync(Mail(2 * i, "power-a", i % 2 == 0 ? "alpha" : "alpha beta"));
        }

        var seen = new List<string>();
        string? cursor = null;
        var round = 0;
        do
        {
            var page = await RunAsync(new SearchRequest("alpha", cursor, 3), SearchActor.Hub);
            seen.AddRange(page.Hits.Select(hit => hit.Id));
            cursor = page.Cursor;
            // New ones before and behind the place, one replaced at its place, one that was shown removed.
            await PutAsync(Mail(1_001 + round, "power-a", "alpha"), Mail(4, "power-a", "alpha gamma"));
            await Index.ApplyAsync(new SearchChanges { Remove = [seen[0]] }, Cancel);
            round++;
        } while (cursor is not null);

        seen.Count.ShouldBe(seen.Distinct(StringComparer.Ordinal).Count());
        seen.Where(id => Number(id) < 1_000).ShouldBe(Enumerable.Range(0, 40).Select(i => Name(2 * i)).Reverse());
    }

    [Fact]
    public async Task A_query_that_says_little_goes_on_by_its_cursor()
    {
        await PutAsync([.. Enumerable.Range(0, 1_000).Select(i => Mail(i, "power-a", i % 500 == 0 ? "のの" : "他"))]);

        var ids = new List<string>();
        var pages = 0;
        string? cursor = null;
        do
        {
            var page = await RunAsync(new SearchRequest("の", cursor), SearchActor.Hub);
            ids.AddRange(page.Hits.Select(hit => hit.Id));
            cursor = page.Cursor;
            pages++;
        } while (cursor is not null);

        ids.ShouldBe(["m500", "m0"]);
        pages.ShouldBe(3);
    }

    [Fact]
    public async Task What_an_organisation_sees_is_the_same_with_or_without_the_others()
    {
        await using var alone = Open(1);
        await using var together = Open(2);
        var own = Enumerable.Range(0, 600).Select(i => Mail(i * 3, "power-a", Words(i))).ToList();
        var others = Enumerable.Range(0, 900).Select(i => Mail((i * 2) + 10_000, i % 2 == 0 ? "power-b" : "gas-a", Words(i))).ToList();
        await PutInAsync(alone, own);
        await PutInAsync(together, [.. others.Take(450), .. own, .. others.Skip(450)]);

        var hits = 0;
        foreach (
            var text in (string[])
                ["alpha", "標的", "の", "alpha OR 件名", "-alpha", "received:2013", "w17", "verdict:targeted", "example.com", "!"]
        )
        {
            string? cursor = null;
            do
            {
                var request = new SearchRequest(text, cursor, 7);
                var one = await RunInAsync(alone, request, SearchActor.Member("power-a"));
                var other = await RunInAsync(together, request, SearchActor.Member("power-a"));

                Printed(other).ShouldBe(Printed(one));
                cursor = one.Cursor;
                hits += one.Hits.Count;
            } while (cursor is not null);
        }

        hits.ShouldBeGreaterThan(1_000);
        (await RunInAsync(together, new SearchRequest("alpha"), SearchActor.Member())).Hits.ShouldBeEmpty();
        (await RunInAsync(together, new SearchRequest("alpha"), SearchActor.Member("nobody"))).Cursor.ShouldBeNull();
        (await RunInAsync(together, new SearchRequest("alpha"), SearchActor.Hub)).Hits.ShouldContain(hit => hit.Scope != "power-a");
    }

    [Fact]
    public async Task A_cursor_that_is_none_is_answered_with_a_message()
    {
        foreach (var cursor in (string[])["", "x", new('A', 23), "!!!!!!!!!!!!!!!!!!!!!!", new('あ', 22)])
        {
            (await RunAsync(new SearchRequest("alpha", cursor), SearchActor.Hub)).Problem.ShouldNotBeNull().Code.ShouldBe("bad-cursor");
        }
    }

    [Fact]
    public async Task The_index_gives_every_document_that_fits()
    {
        var random = new Random(5);
        var documents = Enumerable
            .Range(0, 1_500)
            .Select(i => Mail(i, i % 3 == 0 ? "power-a" : "power-b", Words(random.Next(1 << 16))))
            .ToList();
        await PutAsync([.. documents]);
        // Some again, some away: parts get holes.
        foreach (var at in Enumerable.Range(0, 400))
        {
            documents[at] = Mail(at, "power-a", Words(random.Next(1 << 16)));
        }

        await PutAsync([.. documents.Take(400)]);
        foreach (
            var text in (string[])
                ["alpha", "w1 w2", "w3 OR w4 標的", "標的型", "\"alpha w1\"", "example.com -w2", "w5 received:2013-11", "の"]
        )
        {
            var query = SearchQueryParser.Parse(text, SearchFields.All).Query.ShouldNotBeNull();
            var expected = documents
                .Where(document => query.Fits(document, SearchFields.All))
                .OrderBy(document => document.Place)
                .Select(document => document.Id);
            (await IdsAsync(text)).ShouldBe(expected, text);
        }
    }

    protected async Task<IReadOnlyList<string>> IdsAsync(string text)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await RunAsync(new SearchRequest(text, cursor, SearchRequest.MostHits), SearchActor.Hub);
            ids.AddRange(page.Hits.Select(hit => hit.Id));
            cursor = page.Cursor;
        } while (cursor is not null);

        return ids;
    }

    protected Task PutAsync(params IReadOnlyList<SearchDocument> documents) => PutInAsync(Index, documents);

    protected static SearchDocument Mail(int number, string organization, string body) =>
        new(
            Name(number),
            organization,
            Day.AddDays(Math.Min(number, 60)).AddMinutes(number),
            [new SearchText(SearchField.Body, body), new SearchText(SearchField.Verdict, "targeted")]
        );

    private static string Name(int number) => "m" + number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string id) => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);

    private static string Words(int seed)
    {
        var random = new Random(seed);
        var words = Enumerable.Range(0, 6).Select(_ => "w" + random.Next(20).ToString(CultureInfo.InvariantCulture));
        return string.Join(
            ' ',
            words.Append(seed % 2 == 0 ? "alpha" : "標的型メールの件名").Append(seed % 5 == 0 ? "www.example.com" : "com")
        );
    }

    private async Task PutInAsync(ISearchIndex index, IReadOnlyList<SearchDocument> documents)
    {
        foreach (var document in documents)
        {
            _documents[document.Id] = document;
        }

        foreach (var batch in documents.Chunk(100))
        {
            await index.ApplyAsync(new SearchChanges { Put = [.. batch.Select(SearchEntry.Of)] }, Cancel);
        }
    }

    private Task<SearchPage> RunAsync(SearchRequest request, SearchActor actor) => RunInAsync(Index, request, actor);

    private Task<SearchPage> RunInAsync(ISearchIndex index, SearchRequest request, SearchActor actor) =>
        new Searcher(index).RunAsync(
            request,
            actor,
            (ids, _) => Task.FromResult<IReadOnlyList<SearchDocument?>>([.. ids.Select(id => _documents.GetValueOrDefault(id))]),
            Cancel
        );

    private static string Printed(SearchPage page) =>
        $"{string.Join(',', page.Hits.Select(hit => hit.Id))} {page.Cursor} {page.Problem} {string.Join(',', page.Notices)}";
}
