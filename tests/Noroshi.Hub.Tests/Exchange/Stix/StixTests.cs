using System.Text;
using System.Text.Json;
using CsCheck;
using Noroshi.Exchange.Stix;
using Noroshi.Hub.Sharing;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Exchange.Stix;

/// <summary>Releases as STIX: what holds for every item.</summary>
public sealed class StixTests
{
    private const long Runs = 300;

    [Fact]
    public void Every_reference_of_a_bundle_resolves_inside_it_and_no_id_stands_twice() =>
        Items.Any.Sample(
            item =>
            {
                var bytes = StixBundle.Of(Items.Left(item), Items.Hub);
                AllResolve(bytes);
                var withdrawn = item with { Retracted = true, Change = new BothLanguages("誤り", "wrong") };
                AllResolve(StixBundle.Of(Items.Left(withdrawn, 2), Items.Hub, Items.Left(item)));
                var less = item with { Indicators = [], Campaign = null, Mails = [.. item.Mails.Skip(1)], Conversations = [] };
                AllResolve(StixBundle.Of(Items.Left(less, 2), Items.Hub, Items.Left(item)));
                using var bundle = JsonDocument.Parse(bytes);
                var objects = bundle.RootElement.GetProperty("objects").EnumerateArray().ToList();
                foreach (var one in objects)
                {
                    IdOf(one).ShouldStartWith(one.GetProperty("type").GetString() + "--");
                    one.GetProperty("spec_version").GetString().ShouldBe("2.1");
                }
            },
            iter: Runs
        );

    [Fact]
    public void Objects_stand_behind_what_they_refer_to_notes_of_an_exchange_without_mails_aside() =>
        Items.Any.Sample(
            item =>
            {
                var known = new HashSet<string>(StringComparer.Ordinal);
                var container = StixIds.Of(item.Kind is ItemKind.Case or ItemKind.FirstNotice ? "grouping" : "report", item.Id, "item");
                foreach (var one in StixObjects.Of(Items.Left(item), Items.Hub))
                {
                    using var json = JsonDocument.Parse(one.Json);
                    References(json.RootElement).Where(id => id != container).ShouldAllBe(id => known.Contains(id));
                    known.Add(one.Id);
                }
            },
            iter: Runs
        );

    [Fact]
    public void Every_pattern_is_one_comparison_with_one_literal_and_holds_the_value() =>
        Items.Any.Sample(
            item =>
            {
                foreach (var indicator in item.Indicators)
                {
                    var read = PatternGrammar.Read(StixPatterns.Of(indicator)).ShouldNotBeNull(indicator.Value);
                    if (read.Operator == "=")
                    {
                        read.Value.ShouldBe(indicator.Value);
                    }
                }
            },
            iter: Runs
        );

    [Fact]
    public void A_part_that_was_unique_to_a_victim_matches_any_text_up_to_the_next_separator()
    {
        var url = Indicator(IndicatorKind.Url, "http://evil.example/{token}/a.b?x={token}&y=1");
        PatternGrammar
            .Read(StixPatterns.Of(url))
            .ShouldBe(new PatternGrammar.Comparison("url:value", "MATCHES", @"^http://evil\.example/[^/?#]*/a\.b\?x=[^&#]*&y=1$"));
        PatternGrammar
            .Read(StixPatterns.Of(Indicator(IndicatorKind.Host, "{victim-token}.evil.example")))
            .ShouldBe(new PatternGrammar.Comparison("domain-name:value", "MATCHES", @"^[^.]+\.evil\.example$"));
        // Braces that the hub did not write are the attacker's own.
        PatternGrammar.Read(StixPatterns.Of(Indicator(IndicatorKind.Url, "http://evil.example/{A}")))?.Operator.ShouldBe("=");
    }

    [Fact]
    public void Equal_input_gives_equal_bytes() =>
        Items.Any.Sample(
            item =>
                StixBundle.Of(Items.Left(item), Items.Hub).ShouldBe(StixBundle.Of(Items.Left(item with { Title = item.Title }), Items.Hub)),
            iter: 50
        );

    [Fact]
    public void A_second_version_keeps_the_ids_of_the_first_and_is_newer() =>
        Items.Any.Sample(
            item =>
            {
                var first = StixObjects.Of(Items.Left(item), Items.Hub);
                var second = StixObjects.Of(
                    Items.Left(item with { Change = new BothLanguages("件名を訂正", "subject corrected") }, 2),
                    Items.Hub,
                    Items.Left(item)
                );
                first.Select(one => one.Id).ShouldBeSubsetOf(second.Select(one => one.Id), StringComparer.Ordinal);
                foreach (var one in second.Where(one => one.Type is not ("marking-definition" or "extension-definition" or "identity")))
                {
                    one.Version.ShouldBe(Items.First.AddHours(1));
                }
            },
            iter: Runs
        );

    [Fact]
    public void A_withdrawn_item_revokes_all_that_is_its_own_but_the_reason() =>
        Items.Any.Sample(
            item =>
            {
                var withdrawn = item with { Retracted = true, Change = new BothLanguages("誤りでした。", "It was wrong.") };
                var objects = StixObjects.Of(Items.Left(withdrawn, 2), Items.Hub, Items.Left(item));
                objects.ShouldContain(one => one.Type == "note");
                foreach (var one in objects)
                {
                    using var json = JsonDocument.Parse(one.Json);
                    var root = json.RootElement;
                    var isReason =
                        (one.Type == "note" && root.GetProperty("content").GetString() == "誤りでした。")
                        || (
                            one.Type == "language-content"
                            && root.GetProperty("contents").GetProperty("en").TryGetProperty("content", out var en)
                            && en.GetString() == "It was wrong."
                        )
                        // The hub and the series are other items' too.
                        || (
                            one.Type == "language-content"
                            && root.GetProperty("object_ref").GetString()?.Split("--")[0] is "identity" or "campaign"
                        );
                    var has = root.TryGetProperty("revoked", out var revoked) && revoked.GetBoolean();
                    var versioned =
                        one.Type
                        is "grouping"
                            or "report"
                            or "observed-data"
                            or "indicator"
                            or "relationship"
                            or "note"
                            or "language-content";
                    has.ShouldBe(versioned && !isReason, one.Id);
                }
            },
            iter: Runs
        );

    [Fact]
    public void What_a_second_version_no_longer_has_is_revoked() =>
        Items.Any.Sample(
            item =>
            {
                var less = item with { Indicators = [.. item.Indicators.Skip(1)] };
                var objects = StixObjects.Of(Items.Left(less, 2), Items.Hub, Items.Left(item));
                objects.Select(one => one.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(objects.Count);
                foreach (var gone in item.Indicators.Take(1))
                {
                    var one = objects.Single(found => found.Id == $"indicator--{gone.Id:D}");
                    Encoding.UTF8.GetString(one.Json.Span).ShouldContain("\"revoked\":true");
                }

                foreach (var kept in less.Indicators)
                {
                    var one = objects.Single(found => found.Id == $"indicator--{kept.Id:D}");
                    Encoding.UTF8.GetString(one.Json.Span).ShouldNotContain("\"revoked\"");
                }
            },
            iter: Runs
        );

    [Fact]
    public void A_first_notice_that_becomes_an_alert_is_revoked_as_a_grouping()
    {
        var notice = Items.Story with { Kind = ItemKind.FirstNotice };
        var objects = StixObjects.Of(Items.Left(Items.Story with { Kind = ItemKind.Alert }, 2), Items.Hub, Items.Left(notice));
        Encoding.UTF8.GetString(objects.Single(one => one.Type == "grouping").Json.Span).ShouldContain("\"revoked\":true");
        Encoding.UTF8.GetString(objects.Single(one => one.Type == "report").Json.Span).ShouldNotContain("\"revoked\"");
    }

    [Theory]
    [InlineData(StixExtensions.Conversation, "stix-conversation-1.json")]
    [InlineData(StixExtensions.Anatomy, "stix-anatomy-1.json")]
    public void The_schema_names_all_that_an_extension_holds_and_nothing_else(string extension, string file)
    {
        using var schema = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root(), "docs", "schemas", file)));
        var named = schema.RootElement.ToString();
        named.ShouldContain(extension);
        var laidDown = Names(schema.RootElement, "properties").ToHashSet(StringComparer.Ordinal);
        var written = new HashSet<string>(StringComparer.Ordinal);
        Items.Any.Sample(
            item =>
            {
                foreach (var one in StixObjects.Of(Items.Left(item), Items.Hub))
                {
                    using var json = JsonDocument.Parse(one.Json);
                    if (json.RootElement.TryGetProperty("extensions", out var all) && all.TryGetProperty(extension, out var own))
                    {
                        lock (written)
                        {
                            written.UnionWith(Written(own));
                        }
                    }
                }
            },
            iter: Runs
        );
        written.Count.ShouldBeGreaterThan(6);
        written.ShouldBeSubsetOf(laidDown, StringComparer.Ordinal);
    }

    [Fact]
    public void A_preview_whose_ids_are_not_drawn_yet_shows_every_indicator() =>
        Items.Any.Sample(
            item =>
            {
                var draft = item with { Id = Guid.Empty, Indicators = [.. item.Indicators.Select(one => one with { Id = Guid.Empty })] };
                var bytes = StixBundle.Of(Items.Left(draft), Items.Hub);
                AllResolve(bytes);
                StixObjects.Of(Items.Left(draft), Items.Hub).Count(one => one.Type == "indicator").ShouldBe(item.Indicators.Count);
            },
            iter: 50
        );

    [Fact]
    public void Ids_do_not_follow_values()
    {
        var item = Items.Story;
        var other = item with { Mails = [item.Mails[0] with { From = new("another@freemail.example", "B"), Subject = "other" }] };
        var ids = StixObjects.Of(Items.Left(item), Items.Hub).Select(one => one.Id);
        StixObjects.Of(Items.Left(other), Items.Hub).Select(one => one.Id).ShouldBe(ids);
        foreach (var id in ids)
        {
            // RFC 9562: version 4, variant 10.
            id[^22].ShouldBe('4', id);
            "89ab".ShouldContain(id[^17], id);
        }
    }

    [Fact]
    public void The_story_tells_roles_intervals_and_the_program_in_words_and_in_rows()
    {
        var note = StixObjects
            .Of(Items.Left(Items.Story), Items.Hub)
            .Where(one => one.Type == "note")
            .Select(one => JsonDocument.Parse(one.Json).RootElement)
            .Single(one => one.TryGetProperty("extensions", out _));
        var text = note.GetProperty("content").GetString().ShouldNotBeNull();
        text.ShouldContain("#4-9 | 攻撃 | 51分後 | Lhaplusで解凍できる圧縮ファイル");
        var rows = note.GetProperty("extensions")
            .GetProperty(StixExtensions.Conversation)
            .GetProperty("messages")
            .EnumerateArray()
            .ToList();
        rows.Select(row => row.GetProperty("role").GetString()).ShouldBe(["reply", "reconnaissance", "reply", "attack"]);
        rows[3].GetProperty("gap_seconds").GetInt64().ShouldBe(51 * 60);
        rows[3].GetProperty("mail_ref").GetString().ShouldStartWith("email-message--");
    }

    [Fact]
    public void A_mail_of_an_exchange_has_no_time_and_therefore_no_observed_data() =>
        StixObjects.Of(Items.Left(Items.Story), Items.Hub).ShouldNotContain(one => one.Type == "observed-data");

    [Fact]
    public void The_official_marking_is_used_for_every_label()
    {
        foreach (var tlp in Enum.GetValues<Tlp>())
        {
            var item = Items.Story with { Marking = Items.Story.Marking with { Tlp = tlp } };
            var objects = StixObjects.Of(Items.Left(item), Items.Hub);
            var label = StixMarkings.Tlp(tlp);
            Encoding.UTF8.GetString(label.Json.Span).ShouldContain($"\"name\":\"TLP:{Marking.NameOf(tlp)}\"");
            foreach (var one in objects.Where(one => one.Type is not ("marking-definition" or "extension-definition" or "identity")))
            {
                var text = Encoding.UTF8.GetString(one.Json.Span);
                (
                    text.Contains(label.Id, StringComparison.Ordinal)
                    || text.Contains("\"object_ref\":\"identity--", StringComparison.Ordinal)
                ).ShouldBeTrue(text);
            }
        }
    }

    [Fact]
    public void Several_releases_are_one_file_with_the_newest_version_of_each_object()
    {
        var first = Items.Left(Items.Story);
        var second = Items.Left(Items.Story with { Retracted = true, Change = new("誤り", "wrong") }, 2);
        using var bundle = JsonDocument.Parse(StixBundle.Of([first, second], Items.Hub));
        var objects = bundle.RootElement.GetProperty("objects").EnumerateArray().ToList();
        objects.Select(IdOf).Distinct(StringComparer.Ordinal).Count().ShouldBe(objects.Count);
        objects.Single(one => one.GetProperty("type").GetString() == "grouping").GetProperty("revoked").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void A_band_of_sightings_tells_no_count_and_no_member()
    {
        var told = new ToldSighting(Items.Story.Id, Items.Story.Id, SightingBand.FromThree, Items.First, Items.First, Tlp.Amber);
        using var json = JsonDocument.Parse(StixSightings.Of(told, Items.Hub)[^1].Json);
        json.RootElement.TryGetProperty("count", out _).ShouldBeFalse();
        json.RootElement.TryGetProperty("where_sighted_refs", out _).ShouldBeFalse();
        json.RootElement.TryGetProperty("last_seen", out _).ShouldBeFalse();
        json.RootElement.GetProperty("description").GetString().ShouldBe("受信あり: 3~9の企業グループ / seen by 3 to 9 corporate groups");
    }

    private static SanitisedIndicator Indicator(IndicatorKind kind, string value) =>
        new()
        {
            Id = Guid.Empty,
            Kind = kind,
            Value = value,
            Role = IndicatorRole.Destination,
        };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Noroshi.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.ShouldNotBeNull().FullName;
    }

    /// <summary>Names of properties that a schema lays down, at any depth.</summary>
    private static IEnumerable<string> Names(JsonElement element, string of) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(one =>
                    one.NameEquals(of)
                        ? one.Value.EnumerateObject().Select(name => name.Name).Concat(Names(one.Value, of))
                        : Names(one.Value, of)
                ),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(one => Names(one, of)),
            _ => [],
        };

    private static IEnumerable<string> Written(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(one => Written(one.Value).Prepend(one.Name)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Written),
            _ => [],
        };

    private static void AllResolve(byte[] bytes)
    {
        using var bundle = JsonDocument.Parse(bytes);
        var objects = bundle.RootElement.GetProperty("objects").EnumerateArray().ToList();
        var ids = objects.Select(IdOf).ToHashSet(StringComparer.Ordinal);
        ids.Count.ShouldBe(objects.Count);
        objects.SelectMany(References).ShouldAllBe(id => ids.Contains(id));
    }

    private static string IdOf(JsonElement one) => one.GetProperty("id").GetString().ShouldNotBeNull();

    /// <summary>All that ends in _ref or _refs, however deep.</summary>
    private static IEnumerable<string> References(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(one =>
                    one.Name.EndsWith("_ref", StringComparison.Ordinal) ? [one.Value.GetString().ShouldNotBeNull()]
                    : one.Name.EndsWith("_refs", StringComparison.Ordinal)
                        ? one.Value.EnumerateArray().Select(id => id.GetString().ShouldNotBeNull())
                    : References(one.Value)
                ),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
            _ => [],
        };
}
