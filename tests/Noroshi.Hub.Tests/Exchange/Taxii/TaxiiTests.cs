using System.Text;
using CsCheck;
using Noroshi.Exchange.Stix;
using Noroshi.Exchange.Taxii;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Exchange.Taxii;

/// <summary>The protocol without a server.</summary>
public sealed class TaxiiTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly TaxiiCursor Cursor = new(new byte[32]);

    [Theory]
    [InlineData(null, true)]
    [InlineData("*/*", true)]
    [InlineData("application/*;q=0.5", true)]
    [InlineData("application/taxii+json", true)]
    [InlineData("application/taxii+json;version=2.1", true)]
    [InlineData("application/taxii+json; Version=\"2.1\"", true)]
    [InlineData("text/html, application/taxii+json;version=2.1;q=0.1", true)]
    [InlineData("application/taxii+json;version=2.0", false)]
    [InlineData("application/taxii+json;version=2.1;q=0", false)]
    [InlineData("application/json", false)]
    [InlineData("application/vnd.oasis.taxii+json; version=2.0", false)]
    [InlineData("application/taxii+jsonx", false)]
    public void Accept_is_negotiated(string? accept, bool wanted) => TaxiiMedia.IsWanted(accept).ShouldBe(wanted);

    [Theory]
    [InlineData("application/taxii+json;version=2.1", true)]
    [InlineData("application/taxii+json", true)]
    [InlineData("application/taxii+json;version=2.0", false)]
    [InlineData("application/json", false)]
    [InlineData("*/*", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_the_one_type_of_body_is_taken(string? type, bool taken) => TaxiiMedia.IsTaken(type).ShouldBe(taken);

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=-1")]
    [InlineData("limit=ten")]
    [InlineData("limit=")]
    [InlineData("added_after=yesterday")]
    [InlineData("added_after=2026-11-23T00:00:00")]
    [InlineData("added_after=2026-11-23T00:00:00+09:00")]
    [InlineData("match[version]=newest")]
    [InlineData("match[colour]=red")]
    [InlineData("match[id]=")]
    [InlineData("limit=1&limit=2")]
    public void A_filter_that_cannot_be_used_is_refused(string query) => Read(query).ShouldBeNull();

    [Fact]
    public void A_filter_says_what_is_wanted()
    {
        var filter = Read(
                "added_after=2026-11-23T00:00:00.5Z&limit=99999999999999&match[type]=indicator,note&match[version]=first,2026-11-23T00:00:00Z&other=x"
            )
            .ShouldNotBeNull();
        filter.AddedAfter.ShouldBe(Start.AddMilliseconds(500));
        filter.Limit.ShouldBe(TaxiiFilter.MostLimit);
        filter.Types.ShouldBe(["indicator", "note"], ignoreOrder: true);
        (filter.First, filter.Last, filter.All).ShouldBe((true, false, false));
        filter.Versions.ShouldBe([Start]);
    }

    [Fact]
    public void Times_of_adding_are_unique_and_grow_by_a_microsecond_at_the_least() =>
        Gen.Int[-3, 3]
            .List[1, 60]
            .Sample(steps =>
            {
                var collection = new TaxiiCollection();
                var at = Start;
                foreach (var (step, i) in steps.Select((step, i) => (step, i)))
                {
                    at = at.AddTicks(step);
                    collection.Add([One(i), One(i + 1_000)], at);
                }

                var times = collection.Read(new TaxiiFilter { All = true, Limit = 1_000 }).Entries.Select(one => one.AddedAt).ToList();
                times.Count.ShouldBe(steps.Count * 2);
                times.Zip(times.Skip(1)).ShouldAllBe(pair => pair.Second >= pair.First + TimeSpan.FromMicroseconds(1));
                times.Select(TaxiiTime.Text).ShouldAllBe(text => text.Length == "2026-11-23T00:00:00.000000Z".Length);
                times.Select(one => TaxiiTime.Read(TaxiiTime.Text(one))).ShouldBe(times.Select(one => (DateTimeOffset?)one));
            });

    [Fact]
    public void Versions_are_the_latest_unless_asked_for()
    {
        var collection = new TaxiiCollection();
        collection.Add([One(1, 5), One(2, 1)], Start);
        // An older version that is added later is still the older one.
        collection.Add([One(1, 3), One(1, 9), One(1, 9)], Start);
        collection.Count.ShouldBe(4);
        Versions(collection, "").ShouldBe([1, 9]);
        Versions(collection, "match[version]=first").ShouldBe([1, 3]);
        Versions(collection, "match[version]=all").ShouldBe([5, 1, 3, 9]);
        Versions(collection, "match[version]=first,last").ShouldBe([1, 3, 9]);
        Versions(collection, "match[version]=2026-11-23T00:00:05Z").ShouldBe([5]);
        Versions(collection, "match[id]=" + One(1).Id).ShouldBe([9]);
        Versions(collection, "match[type]=note").ShouldBeEmpty();
        Versions(collection, "match[spec_version]=2.0").ShouldBeEmpty();
        Versions(collection, "match[spec_version]=2.0,2.1").ShouldBe([1, 9]);
        Versions(collection, "added_after=" + TaxiiTime.Text(Start)).ShouldBe([1, 9]);
        Versions(collection, "added_after=" + TaxiiTime.Text(Start.AddMicroseconds(3))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reader_misses_and_doubles_nothing_while_others_write_in_100_runs()
    {
        var cancellation = TestContext.Current.CancellationToken;
        for (var run = 0; run < 100; run++)
        {
            var collection = new TaxiiCollection();
            var writers = Enumerable
                .Range(0, 3)
                .Select(writer =>
                    Task.Run(
                        () =>
                        {
                            for (var i = 0; i < 100; i++)
                            {
                                // Half of them are new versions of what is there.
                                collection.Add([One((writer * 1_000) + (i / 2), (i % 2) + 1)], Start.AddTicks(i));
                            }
                        },
                        cancellation
                    )
                )
                .ToList();
            var read = new List<string>();
            DateTimeOffset? after = null;
            var filter = new TaxiiFilter { All = true, Limit = 7 };
            while (true)
            {
                var over = writers.TrueForAll(one => one.IsCompleted);
                var page = collection.Read(filter, after);
                read.AddRange(page.Entries.Select(one => $"{one.Object.Id} {one.Object.Version.Second}"));
                after = page.Entries.Count > 0 ? page.Entries[^1].AddedAt : after;
                if (over && !page.More)
                {
                    break;
                }
            }

            await Task.WhenAll(writers);
            read.Count.ShouldBe(300);
            read.Distinct(StringComparer.Ordinal).Count().ShouldBe(300);
        }
    }

    [Fact]
    public void The_same_releases_give_the_same_times_in_every_hub()
    {
        static IReadOnlyList<TaxiiEntry> Filled()
        {
            var collection = new TaxiiCollection();
            for (var i = 0; i < 50; i++)
            {
                collection.Add([One(i), One(i + 100)], Start.AddTicks(i / 3));
            }

            return collection.Read(new TaxiiFilter { All = true, Limit = 1_000 }).Entries;
        }

        Filled().Select(one => one.AddedAt).ShouldBe(Filled().Select(one => one.AddedAt));
    }

    [Fact]
    public void A_cursor_opens_for_whom_and_what_it_was_made_only()
    {
        var filter = new TaxiiFilter { Last = true };
        var text = Cursor.Seal(Start, "power-a", "all", filter);
        Cursor.Open(text, "power-a", "all", filter).ShouldBe(Start);
        Cursor.Open(text, "power-a", "all", filter with { Limit = 3, Next = text }).ShouldBe(Start);
        Cursor.Open(text, "water-b", "all", filter).ShouldBeNull();
        Cursor.Open(text, "power-a", "public", filter).ShouldBeNull();
        Cursor.Open(text, "power-a", "all", filter with { All = true }).ShouldBeNull();
        new TaxiiCursor(Enumerable.Repeat((byte)1, 32).ToArray()).Open(text, "power-a", "all", filter).ShouldBeNull();
    }

    [Fact]
    public void A_forged_cursor_opens_nothing()
    {
        var filter = new TaxiiFilter { Last = true };
        var text = Cursor.Seal(Start, "power-a", "all", filter);
        for (var i = 0; i < text.Length; i++)
        {
            var forged = text[..i] + (text[i] == '0' ? '1' : '0') + text[(i + 1)..];
            Cursor.Open(forged, "power-a", "all", filter).ShouldBeNull();
        }

        Gen.String.Sample(other => Cursor.Open(other, "power-a", "all", filter).ShouldBeNull());
    }

    [Theory]
    [InlineData(true, false, null, 403, 403)]
    [InlineData(false, true, 403, null, 403)]
    [InlineData(true, true, null, null, null)]
    [InlineData(false, false, 404, 404, 404)]
    public void Deeds_are_refused_by_the_matrix(bool canRead, bool canWrite, int? read, int? add, int? delete)
    {
        TaxiiAccess.Refusal(canRead, canWrite, TaxiiDeed.Read).ShouldBe(read);
        TaxiiAccess.Refusal(canRead, canWrite, TaxiiDeed.Add).ShouldBe(add);
        TaxiiAccess.Refusal(canRead, canWrite, TaxiiDeed.Delete).ShouldBe(delete);
    }

    [Fact]
    public void Empty_lists_are_left_out()
    {
        var nothing = new TaxiiPage([], false);
        foreach (
            var bytes in new[]
            {
                TaxiiResources.Envelope(nothing, null),
                TaxiiResources.Manifest(nothing, null),
                TaxiiResources.Versions(nothing, null),
                TaxiiResources.Collections([]),
            }
        )
        {
            Encoding.UTF8.GetString(bytes).ShouldBe("{}");
        }

        Encoding.UTF8.GetString(TaxiiResources.Discovery("hub", "", null, [])).ShouldBe("{\"title\":\"hub\"}");
        Encoding.UTF8.GetString(TaxiiResources.Status(new TaxiiStatus(Guid.Empty, Start, [], []))).ShouldNotContain("[");
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"objects\":[]}")]
    [InlineData("{\"objects\":{}}")]
    [InlineData("{\"objects\":[{}],\"objects\":[{}]}")]
    [InlineData("{\"objects\":[{\"id\":\"\\uD800\",\"type\":\"note\"}]}")]
    public void What_is_no_envelope_is_refused(string text) => TaxiiInbox.Read(Encoding.UTF8.GetBytes(text), Start).ShouldBeNull();

    [Fact]
    public void Objects_of_strangers_are_looked_at_one_by_one()
    {
        const string Text = """
            {"objects":[
              {"type":"indicator","id":"indicator--3f1c3d0a-98c4-4a52-8f41-5f1f3f6e9b10","spec_version":"2.1","modified":"2026-01-02T00:00:00.000Z"},
              {"type":"indicator","id":"note--3f1c3d0a-98c4-4a52-8f41-5f1f3f6e9b10"},
              {"type":"note","id":"note--1"},
              {"type":"note","id":"note--3f1c3d0a-98c4-4a52-8f41-5f1f3f6e9b10","spec_version":"2.0"},
              7,
              {"type":"sighting","id":"sighting--3f1c3d0a-98c4-4a52-8f41-5f1f3f6e9b10","sighting_of_ref":"indicator--3f1c3d0a-98c4-4a52-8f41-5f1f3f6e9b10","count":0}
            ]}
            """;
        var objects = TaxiiInbox.Read(Encoding.UTF8.GetBytes(Text), Start).ShouldNotBeNull();
        objects.Select(one => one.Problem is null).ShouldBe([true, false, false, false, false, true]);
        objects[0].Version.ShouldBe("2026-01-02T00:00:00.000Z");
        objects[5].IsSighting.ShouldBeTrue();
        objects[5].Count.ShouldBe(0);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Gen.OneOf(
                Gen.Byte.Array[0, 200],
                Gen.String.Select(text => Encoding.UTF8.GetBytes($"{{\"objects\":[{{\"id\":\"{text}\",\"type\":{text}}}]}}"))
            )
            .Sample(bytes => (TaxiiInbox.Read(bytes, Start)?.Count ?? 1).ShouldBeGreaterThan(0));

    private static StixObject One(int number, int version = 1)
    {
        var id = StixIds.Of("indicator", Guid.Empty, $"{number}");
        return new StixObject(id, "indicator", Start.AddSeconds(version), Encoding.UTF8.GetBytes("{}"));
    }

    private static IEnumerable<int> Versions(TaxiiCollection collection, string query) =>
        collection.Read(Read(query).ShouldNotBeNull()).Entries.Select(one => one.Object.Version.Second);

    private static TaxiiFilter? Read(string query) =>
        TaxiiFilter.Read(
            query
                .Split('&', StringSplitOptions.RemoveEmptyEntries)
                .Select(one => one.Split('=', 2))
                .Select(one => KeyValuePair.Create(one[0], one[1])),
            "id",
            "type",
            "version",
            "spec_version"
        );
}
