using System.Numerics;
using System.Text.Json;
using CsCheck;
using Noroshi.Hub.Campaigns;
using Shouldly;
using Xunit;

namespace Noroshi.Storage.Tests.Index;

/// <summary>What each index promises, whatever it is built on.</summary>
public abstract class FeatureIndexContract
{
    /// <summary>An empty index, and the order in which mails stand for its popular values.</summary>
    internal abstract (IFeatureIndex Index, MailPlace Places) Make();

    [Fact]
    public void It_says_what_a_count_over_its_mails_says_after_any_coming_and_going() =>
        Gen.Int[1, 1_000_000]
            .Sample(
                seed =>
                {
                    var (index, places) = Make();
                    using var end = index as IDisposable;
                    var random = new Random(seed);
                    var there = new Dictionary<int, MailFeatures>();
                    foreach (var mail in MadeFeatures.Of(seed, 160))
                    {
                        there.Add(index.Add(mail), mail);
                        if (random.Next(3) == 0)
                        {
                            var gone = there.Keys.ElementAt(random.Next(there.Count));
                            index.Remove(gone);
                            there.Remove(gone);
                        }
                    }

                    index.Count.ShouldBe(there.Count);
                    foreach (var (number, mail) in there)
                    {
                        JsonSerializer.Serialize(index.Mail(number)).ShouldBe(JsonSerializer.Serialize(mail));
                    }

                    ShouldCount(index, places, there);
                },
                iter: 6,
                threads: 1
            );

    [Fact]
    public void A_value_that_nobody_has_is_nowhere()
    {
        var (index, _) = Make();
        using var end = index as IDisposable;
        (index.Count, index.UniqueMails, index.Frequency(7), index.Mails(7)).ShouldBe((0, 0, 0, 0));
        index.Postings(7, 10).ShouldBeEmpty();
        index.Representatives(7).ShouldBeEmpty();
        index.Repeated().ShouldBeEmpty();
    }

    [Fact]
    public void Clusters_and_relatives_are_those_of_the_index_in_memory()
    {
        var (index, places) = Make();
        using var end = index as IDisposable;
        var mails = MadeFeatures.Of(4, 220);
        var memory = new MemoryFeatureIndex(places);
        var scorer = new LinkScorer(RarityEpoch.Count(1, mails, BackgroundRarity.Shipped));
        var engines = new[] { index, memory }.Select(one => new CampaignEngine(one, scorer, [])).ToList();
        foreach (var engine in engines)
        {
            engine.Load(mails);
            engine.Settle();
            foreach (var mail in mails.Where((_, i) => i % 5 == 0))
            {
                engine.Remove(mail.Key);
            }

            engine.Settle();
        }

        string Shape(CampaignEngine engine) =>
            string.Join('\n', engine.Clusters().Select(cluster => string.Join(' ', cluster.Select(one => one.Id))));
        Shape(engines[0]).ShouldBe(Shape(engines[1]));
        Shape(engines[0]).ShouldNotBeEmpty();
        var (one, other) = (new Relatives(index, scorer), new Relatives(memory, scorer));
        Enumerable
            .Range(0, 220)
            .Where(number => number % 5 != 0)
            .ShouldAllBe(number =>
                string.Join('\n', one.Of(number, 10).Select(link => link.ToString()))
                == string.Join('\n', other.Of(number, 10).Select(link => link.ToString()))
            );
        Enumerable.Range(1, 4).ShouldContain(number => one.Of(number, 10).Count > 0);
    }

    private static void ShouldCount(IFeatureIndex index, MailPlace places, Dictionary<int, MailFeatures> there)
    {
        var holders = there
            .SelectMany(
                one => one.Value.Features.Select(feature => feature.Id).Concat(one.Value.Sketch).Distinct(),
                (one, id) => (Id: id, Number: one.Key)
            )
            .ToLookup(one => one.Id, one => one.Number);
        index.UniqueMails.ShouldBe(there.Values.Select(mail => mail.UniqueId).Distinct().Count());
        var repeated = new Dictionary<ulong, int>();
        foreach (var value in holders)
        {
            var unique = value.Select(number => there[number].UniqueId).Distinct().Count();
            index.Frequency(value.Key).ShouldBe(unique);
            index.Mails(value.Key).ShouldBe(value.Count());
            Math.Min(3, index.Mails(value.Key, 3)).ShouldBe(Math.Min(3, value.Count()));
            index.Postings(value.Key, int.MaxValue).ShouldBe(value, ignoreOrder: true);
            index.Postings(value.Key, 2).Count.ShouldBe(Math.Min(2, value.Count()));
            index.Representatives(value.Key).ShouldBe(Standing(value, places, there));
            if (unique > 1)
            {
                repeated.Add(value.Key, unique);
            }
        }

        index.Repeated().OrderBy(one => one.Key).ShouldBe(repeated.OrderBy(one => one.Key));
    }

    private static IEnumerable<int> Standing(IEnumerable<int> holders, MailPlace places, Dictionary<int, MailFeatures> there) =>
        holders
            .OrderBy(number => places.Of(there[number]))
            .ThenBy(number => there[number].Key, StringComparer.Ordinal)
            .DistinctBy(number => there[number].UniqueId)
            .Take(CandidateSearch.Representatives)
            .Order();
}

/// <summary>In memory.</summary>
public sealed class MemoryFeatureIndexTests : FeatureIndexContract
{
    internal override (IFeatureIndex Index, MailPlace Places) Make() => (new MemoryFeatureIndex(), MailPlace.Plain);
}

/// <summary>In memory, in an order that a key gives: a permutation of 64 bits.</summary>
public sealed class KeyedMemoryFeatureIndexTests : FeatureIndexContract
{
    internal override (IFeatureIndex Index, MailPlace Places) Make()
    {
        var places = new MailPlace(value => BitOperations.RotateLeft(value ^ 0x5DEECE66D5DEECE6UL, 29) * 0x9E3779B97F4A7C15UL);
        return (new MemoryFeatureIndex(places), places);
    }
}
