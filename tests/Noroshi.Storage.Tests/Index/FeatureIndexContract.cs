using System.Text.Json;
using CsCheck;
using Noroshi.Hub.Campaigns;
using Noroshi.Storage.Index;
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

/// <summary>In memory, in the order that a key gives.</summary>
public sealed class KeyedMemoryFeatureIndexTests : FeatureIndexContract, IDisposable
{
    private readonly ValueCipher _cipher = new(new byte[ValueCipher.KeySize]);

    internal override (IFeatureIndex Index, MailPlace Places) Make()
    {
        var places = new MailPlace(_cipher.Hide);
        return (new MemoryFeatureIndex(places), places);
    }

    public void Dispose() => _cipher.Dispose();
}

/// <summary>In a file.</summary>
public sealed class SqliteFeatureIndexTests : FeatureIndexContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("noroshi-index-").FullName;
    private readonly byte[] _key = [.. Enumerable.Range(1, SqliteFeatureIndex.KeySize).Select(i => (byte)i)];
    private int _made;

    internal override (IFeatureIndex Index, MailPlace Places) Make()
    {
        var folder = Path.Combine(_folder, $"{_made++}");
        Directory.CreateDirectory(folder);
        var index = SqliteFeatureIndex.Open(folder, _key);
        return (index, index.Places);
    }

    [Fact]
    public void What_was_committed_is_there_after_a_restart_and_numbers_go_on()
    {
        var mails = MadeFeatures.Of(1, 30);
        using (var index = SqliteFeatureIndex.Open(_folder, _key))
        {
            index.Add(mails).ShouldBe(Enumerable.Range(0, 30));
            index.Remove(7);
            index.Commit();
        }

        using var again = SqliteFeatureIndex.Open(_folder, _key);
        again.Count.ShouldBe(29);
        again.Mail(8).Key.ShouldBe(mails[8].Key);
        again.Add(mails[7]).ShouldBe(7);
        again.Add(MadeFeatures.Of(2, 31)[30]).ShouldBe(30);
    }

    [Fact]
    public void An_index_of_another_key_is_thrown_away()
    {
        using (var index = SqliteFeatureIndex.Open(_folder, _key))
        {
            index.Add(MadeFeatures.Of(1, 3));
        }

        using var other = SqliteFeatureIndex.Open(_folder, [.. _key.Reverse()]);
        other.Count.ShouldBe(0);
        other.Add(MadeFeatures.Of(1, 1)[0]).ShouldBe(0);
    }

    [Fact]
    public void Neither_values_nor_their_plain_hashes_nor_keys_of_mails_lie_on_the_disk()
    {
        var mails = MadeFeatures.Of(3, 40);
        using (var index = SqliteFeatureIndex.Open(_folder, _key))
        {
            index.Add(mails);
            index.Commit();
            index.Remove(3);
            index.Commit();
        }

        var disk = Directory.EnumerateFiles(_folder).SelectMany(File.ReadAllBytes).ToArray().AsSpan();
        disk.Length.ShouldBeGreaterThan(10_000);
        foreach (var mail in mails)
        {
            disk.IndexOf(System.Text.Encoding.UTF8.GetBytes(mail.Key)).ShouldBe(-1);
            foreach (var feature in mail.Features)
            {
                disk.IndexOf(System.Text.Encoding.UTF8.GetBytes(feature.Value)).ShouldBe(-1);
                disk.IndexOf(BitConverter.GetBytes(feature.Id)).ShouldBe(-1);
                disk.IndexOf(BitConverter.GetBytes(feature.Id).AsEnumerable().Reverse().ToArray()).ShouldBe(-1);
            }
        }
    }

    [Fact]
    public void Hidden_values_are_spread_and_come_back()
    {
        using var cipher = new ValueCipher(_key.AsSpan(0, ValueCipher.KeySize));
        var values = Enumerable.Range(0, 10_000).Select(i => (ulong)i).ToArray();
        var hidden = values.ToArray();
        cipher.Hide(hidden);
        hidden.Distinct().Count().ShouldBe(values.Length);
        hidden.Intersect(values).ShouldBeEmpty();
        cipher.Hide(5UL).ShouldBe(hidden[5]);
        hidden.Count(value => value >> 63 == 1).ShouldBeInRange(4_700, 5_300);
        cipher.Show(hidden);
        hidden.ShouldBe(values);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
