using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Noroshi.Exchange.Misp;
using Noroshi.Hub.Sharing;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Exchange.Misp;

public sealed class MispEventTests
{
    [Fact]
    public void The_same_versions_give_the_same_bytes()
    {
        var once = Of(SampleItems.First, SampleItems.Second).Json;

        Of(SampleItems.First, SampleItems.Second).Json.Span.SequenceEqual(once.Span).ShouldBeTrue();
    }

    [Fact]
    public void The_hub_is_the_only_organisation()
    {
        var made = Event(SampleItems.First);

        made.GetProperty("Orgc").GetProperty("name").GetString().ShouldBe("Sharing hub");
        made.GetProperty("Orgc").GetProperty("uuid").GetGuid().ShouldBe(SampleItems.Hub.Id);
        made.GetProperty("Org").GetRawText().ShouldBe(made.GetProperty("Orgc").GetRawText());
        Count(made.GetRawText(), "\"name\":\"Sharing hub\"").ShouldBe(2);
    }

    [Fact]
    public void An_event_carries_tlp_and_pap_and_how_to_use_it()
    {
        var made = Event(SampleItems.First);

        Tags(made).ShouldBe(["tlp:amber", "PAP:GREEN"]);
        made.GetProperty("date").GetString().ShouldBe("2013-12-02");
        made.GetProperty("analysis").GetString().ShouldBe("2");
        var usage = Attributes(made)[0].GetProperty("value").GetString().ShouldNotBeNull();
        usage.ShouldContain("展開可能範囲: 受領組織内および登録済みのグループ会社(委託先への展開不可)");
        usage.ShouldContain("有効期限: 2014年4月1日 00:00(日本時間)");
        usage.ShouldContain("対策: 返信の前に差出人を確認してください。");
        usage.ShouldContain("問い合わせ先: ハブ分析担当");
    }

    [Fact]
    public void A_first_notice_is_an_ongoing_analysis()
    {
        var notice = SampleItems.First with { Item = SampleItems.Item with { Kind = ItemKind.FirstNotice } };

        Event(notice).GetProperty("analysis").GetString().ShouldBe("1");
    }

    [Fact]
    public void Indicators_keep_their_own_ids_and_machines_look_for_the_precise_ones()
    {
        var made = Attributes(Event(SampleItems.First)).ToDictionary(one => one.GetProperty("uuid").GetGuid());

        made[SampleItems.Sender.Id].GetProperty("type").GetString().ShouldBe("email-src");
        made[SampleItems.Sender.Id].GetProperty("to_ids").GetBoolean().ShouldBeTrue();
        made[SampleItems.Destination.Id].GetProperty("type").GetString().ShouldBe("ip-dst");
        made[SampleItems.Destination.Id]
            .GetProperty("comment")
            .GetString()
            .ShouldNotBeNull()
            .ShouldContain("JP (2013-11-20, table 2013-11)");
        made[SampleItems.HijackedHost.Id].GetProperty("to_ids").GetBoolean().ShouldBeFalse();
        made[SampleItems.HijackedHost.Id].GetProperty("comment").GetString().ShouldNotBeNull().ShouldContain("悪用されていたと思われる");
        made[SampleItems.HijackedUrl.Id].GetProperty("to_ids").GetBoolean().ShouldBeTrue();
        made[SampleItems.Subject.Id].GetProperty("to_ids").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void Below_PAP_GREEN_nothing_is_for_machines()
    {
        var careful = SampleItems.First with
        {
            Item = SampleItems.Item with { Marking = SampleItems.Item.Marking with { Pap = Pap.Amber } },
        };

        Attributes(Event(careful)).ShouldAllBe(one => !one.GetProperty("to_ids").GetBoolean());
    }

    [Fact]
    public void Table_1_leaves_as_rows_and_as_a_table()
    {
        var made = Event(SampleItems.First);
        var rows = Objects(made, "noroshi-conversation-message");

        rows.Select(row => Value(row, "role-ja")).ShouldBe(["偵察", "返信", "攻撃"]);
        rows.Select(row => Value(row, "interval-seconds")).ShouldBe([null, "3600", "780"]);
        var report = made.GetProperty("EventReport")[0].GetProperty("content").GetString().ShouldNotBeNull();
        report.ShouldContain(@"| \#4-3 | 攻撃 | 13分 | Lhaplusで解凍できる書庫を送る\|&lt;b&gt; | 実メール |");
        report.ShouldNotContain("<b>");
    }

    [Fact]
    public void A_mail_names_its_files_and_the_indicators_that_it_shows()
    {
        var made = Event(SampleItems.First);
        var mail = Objects(made, "email")[1];
        var files = Objects(made, "file").ToDictionary(file => file.GetProperty("uuid").GetGuid());

        var references = mail.GetProperty("ObjectReference")
            .EnumerateArray()
            .Select(one => one.GetProperty("referenced_uuid").GetGuid())
            .ToList();
        references.ShouldContain(SampleItems.Sender.Id);
        references.Count(files.ContainsKey).ShouldBe(1);
        var outer = files[references.First(files.ContainsKey)];
        Value(outer, "filename").ShouldBe("質問書[U+202E]cod.rar");
        Value(outer, "text").ShouldNotBeNull().ShouldContain("Lhaplus: 解凍可 / opens (実際に確認 / tried)");
        files.ContainsKey(outer.GetProperty("ObjectReference")[0].GetProperty("referenced_uuid").GetGuid()).ShouldBeTrue();
    }

    [Fact]
    public void Every_version_is_newer_for_MISP_even_within_one_second()
    {
        var times = new[] { SampleItems.First, SampleItems.Second, SampleItems.Retracted }
            .Select(one => MispHead.Of(one, SampleItems.Hub).Timestamp)
            .ToList();

        times.ShouldBe(times.Order().Distinct());
        SampleItems.Second.At.ToUnixTimeSeconds().ShouldBe(SampleItems.First.At.ToUnixTimeSeconds());
    }

    [Fact]
    public void What_an_amendment_no_longer_says_is_named_as_deleted_without_its_value()
    {
        var made = Event(SampleItems.First, SampleItems.Second);
        var destination = Attributes(made).Single(one => one.GetProperty("uuid").GetGuid() == SampleItems.Destination.Id);

        destination.GetProperty("deleted").GetBoolean().ShouldBeTrue();
        destination.GetProperty("value").GetString().ShouldBe("deleted");
        made.GetRawText().ShouldNotContain("203.0.113.9");
        made.GetRawText().ShouldNotContain("gate.php");
        Objects(made, "email").Count(one => one.GetProperty("deleted").GetBoolean()).ShouldBe(1);
        Attributes(made)
            .Single(one => one.GetProperty("uuid").GetGuid() == SampleItems.Sender.Id)
            .GetProperty("deleted")
            .GetBoolean()
            .ShouldBeFalse();
    }

    [Fact]
    public void A_retraction_has_one_living_attribute_so_that_a_pulling_server_takes_it()
    {
        var made = Event(SampleItems.First, SampleItems.Second, SampleItems.Retracted);
        var all = Attributes(made).Concat(made.GetProperty("Object").EnumerateArray().SelectMany(Attributes)).ToList();

        var living = all.Where(one => !one.GetProperty("deleted").GetBoolean()).ToList();
        living.ShouldHaveSingleItem().GetProperty("value").GetString().ShouldNotBeNull().ShouldContain("【撤回】");
        all.ShouldAllBe(one => !one.GetProperty("to_ids").GetBoolean());
        made.GetProperty("Object").EnumerateArray().ShouldAllBe(one => one.GetProperty("deleted").GetBoolean());
        made.GetProperty("EventReport")[0].GetProperty("deleted").GetBoolean().ShouldBeTrue();
        Tags(made).ShouldContain(tag => tag == "noroshi:state=\"retracted\"");
        made.GetProperty("info").GetString().ShouldNotBeNull().ShouldContain("撤回");
        foreach (var word in (string[])["asker@", "製品について", "198.51.100", "Lhaplus"])
        {
            made.GetRawText().ShouldNotContain(word);
        }
    }

    [Fact]
    public void Whoever_does_not_ask_for_what_was_deleted_does_not_get_it()
    {
        var living = JsonDocument.Parse(Of(SampleItems.First, SampleItems.Second).Living()).RootElement.GetProperty("Event");

        living.GetRawText().ShouldNotContain("\"deleted\":true");
        Attributes(living).Count.ShouldBe(3);
    }

    [Fact]
    public void Ids_are_unique_of_version_4_and_follow_from_no_value()
    {
        var other = SampleItems.First with
        {
            Item = SampleItems.Item with
            {
                Mails =
                [
                    .. SampleItems.Item.Mails.Select(one =>
                        one with
                        {
                            Subject = "別の件名",
                            From = new SanitisedSender("x@other.example", "別名"),
                        }
                    ),
                ],
            },
        };
        var (ids, others) = (Ids(Event(SampleItems.First)), Ids(Event(other)));

        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(ids.Count);
        ids.ShouldAllBe(id => id[14] == '4' && "89ab".Contains(id[19]));
        others.ShouldBe(ids);
    }

    [Fact]
    public void Ids_of_another_item_are_others()
    {
        var other = SampleItems.First with
        {
            Item = SampleItems.Item with { Id = new Guid("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"), Indicators = [] },
        };

        Ids(Event(other)).Intersect(Ids(Event(SampleItems.First)), StringComparer.Ordinal).ShouldBe([], ignoreOrder: true);
    }

    [Fact]
    public void The_manifest_and_the_hashes_belong_to_the_events()
    {
        var made = Of(SampleItems.First);
        var manifest = JsonDocument.Parse(MispFeed.Manifest([made.Head])).RootElement.GetProperty(SampleItems.Id.ToString("D"));
        var hashes = Encoding.UTF8.GetString(MispFeed.Hashes([made])).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        manifest.GetProperty("timestamp").GetInt64().ShouldBe(made.Head.Timestamp);
        manifest.GetProperty("Orgc").GetProperty("name").GetString().ShouldBe("Sharing hub");
        var expected = Convert.ToHexStringLower(MD5.HashData("203.0.113.9"u8));
        hashes.ShouldContain(line => line == $"{expected},{SampleItems.Id:D}");
        hashes.Length.ShouldBe(6);
    }

    [Fact]
    public void Versions_of_several_items_or_in_disorder_are_refused()
    {
        Should.Throw<ArgumentException>(() => Of(SampleItems.Second, SampleItems.First));
        Should.Throw<ArgumentException>(() => Of());
        Should.Throw<ArgumentException>(() =>
            Of(SampleItems.First, SampleItems.Second with { Item = SampleItems.Second.Item with { Id = Guid.Empty } })
        );
    }

    [Fact]
    public void A_huge_subject_does_not_make_an_event_that_MISP_cannot_keep()
    {
        var huge = new string('件', 200_000);
        var item = SampleItems.Item with { Mails = [SampleItems.Item.Mails[0] with { Subject = huge }] };

        var subject = Value(Objects(Event(SampleItems.First with { Item = item }), "email")[0], "subject").ShouldNotBeNull();

        Encoding.UTF8.GetByteCount(subject).ShouldBeLessThan(65_535);
        subject.ShouldEndWith("…");
    }

    private static MispEvent Of(params Release[] versions) => MispEvent.Of(versions, SampleItems.Hub);

    private static JsonElement Event(params Release[] versions) => JsonDocument.Parse(Of(versions).Json).RootElement.GetProperty("Event");

    private static List<JsonElement> Attributes(JsonElement of) => [.. of.GetProperty("Attribute").EnumerateArray()];

    private static List<JsonElement> Objects(JsonElement of, string name) =>
        [.. of.GetProperty("Object").EnumerateArray().Where(one => one.GetProperty("name").GetString() == name)];

    private static string? Value(JsonElement of, string relation) =>
        Attributes(of)
            .Where(one => one.GetProperty("object_relation").GetString() == relation)
            .Select(one => one.GetProperty("value").GetString())
            .FirstOrDefault();

    private static IEnumerable<string?> Tags(JsonElement of) =>
        of.GetProperty("Tag").EnumerateArray().Select(tag => tag.GetProperty("name").GetString());

    private static List<string> Ids(JsonElement made)
    {
        var ids = new List<string>();
        void Walk(JsonElement one)
        {
            if (one.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in one.EnumerateObject())
                {
                    if (property.NameEquals("uuid") && property.Value.GetGuid() != SampleItems.Hub.Id)
                    {
                        ids.Add(property.Value.GetString() ?? "");
                    }

                    Walk(property.Value);
                }
            }
            else if (one.ValueKind == JsonValueKind.Array)
            {
                foreach (var part in one.EnumerateArray())
                {
                    Walk(part);
                }
            }
        }

        Walk(made);
        return ids;
    }

    private static int Count(string text, string word) => text.Split(word).Length - 1;
}
