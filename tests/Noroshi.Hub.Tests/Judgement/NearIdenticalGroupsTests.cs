using System.Globalization;
using CsCheck;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Judgement;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Judgement;

public sealed class NearIdenticalGroupsTests
{
    private const string Text =
        "平素よりお世話になっております。先日お問い合わせいただいた製品の見積書をお送りいたします。"
        + "添付ファイルをご確認のうえ、来週の水曜日までにご返信をお願いいたします。ご不明な点がございましたらお知らせください。"
        + "なお、添付ファイルにはパスワードを設定しております。パスワードは別のメールでお送りいたします。どうぞよろしくお願い申し上げます。";

    [Fact]
    public void The_same_text_with_another_name_and_number_is_one_group()
    {
        var groups = new NearIdenticalGroups();
        foreach (var i in Enumerable.Range(0, 12))
        {
            groups.Add(Mail(i, $"{Name(i)} 様\n{Text}\n管理番号 {4_100 + i}", $"org-{i}")).ShouldBeTrue();
        }

        var group = groups.All().ShouldHaveSingleItem();
        group.Size.ShouldBe(12);
        group.UniqueMails.ShouldBe(12);
        group.Organizations.Count.ShouldBe(12);
        group.Destinations.ShouldBe(12);
        group.Representative.ShouldBe("k0");
    }

    [Fact]
    public void Another_text_and_another_shape_stand_apart()
    {
        var groups = new NearIdenticalGroups();
        groups.Add(Mail(1, Text, "org-1"));
        groups.Add(Mail(2, Text, "org-1", shape: 2));
        groups.Add(
            Mail(
                3,
                "会議室の予約についてご連絡です。本館三階の大会議室は改装工事のため、来月末まで使用できません。代わりに別館の会議室をお使いください。予約は総務課で受け付けております。",
                "org-1"
            )
        );
        groups.Add(Mail(4, "了解です", "org-1"));
        groups.Add(Mail(5, "承知です", "org-1"));

        groups.All().Count().ShouldBe(5);
    }

    [Fact]
    public void Short_texts_are_one_only_when_they_are_the_same()
    {
        var groups = new NearIdenticalGroups();
        groups.Add(Mail(1, "了解です", "org-1", unique: 7));
        groups.Add(Mail(2, "了解です", "org-2", unique: 7));

        groups.All().ShouldHaveSingleItem().Size.ShouldBe(2);
    }

    [Fact]
    public void A_mail_that_comes_twice_counts_once()
    {
        var groups = new NearIdenticalGroups();
        groups.Add(Mail(1, Text, "org-1")).ShouldBeTrue();
        groups.Add(Mail(1, Text, "org-1")).ShouldBeFalse();

        groups.All().ShouldHaveSingleItem().Size.ShouldBe(1);
    }

    [Fact]
    public void The_same_payload_in_different_texts_counts_its_destinations()
    {
        var groups = new NearIdenticalGroups();
        foreach (var i in Enumerable.Range(0, 10))
        {
            groups.Add(Mail(i, "了解です", $"org-{i}", unique: (ulong)i) with { Payloads = ["aa"] });
        }

        groups.Add(Mail(10, "了解です", "org-10", unique: 10));
        groups.All().Count(group => (group.Destinations, group.PayloadDestinations) == (1, 10)).ShouldBe(10);
        groups.All().Count(group => (group.Destinations, group.PayloadDestinations) == (1, 0)).ShouldBe(1);
    }

    [Fact]
    public void Destinations_are_windows_else_addresses_else_organisations()
    {
        var groups = new NearIdenticalGroups();
        groups.Add(Mail(1, "a", "org-1", unique: 1) with { Window = "w1", Recipients = [1, 2, 3] });
        groups.Add(Mail(2, "a", "org-1", unique: 1) with { Window = "w1" });
        groups.Add(Mail(3, "a", "org-1", unique: 1) with { Recipients = [4, 5] });
        groups.Add(Mail(4, "a", "org-2", unique: 1));

        var group = groups.All().ShouldHaveSingleItem();
        group.Destinations.ShouldBe(4);
        group.Windows.ShouldBe(1);
        group.Recipients.ShouldBe(5);
        group.Organizations.ShouldBe(["org-1", "org-2"]);
    }

    [Fact]
    public void The_groups_do_not_depend_on_the_order_in_which_mails_come() =>
        Gen.Int[0, 1 << 20]
            .Sample(
                seed =>
                {
                    var random = new Random(seed);
                    var mails = Enumerable.Range(0, 70 + random.Next(60)).Select(i => Variant(i, random)).ToList();
                    var first = Groups(mails);
                    random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(mails));

                    Groups(mails).ShouldBe(first);
                },
                iter: 60
            );

    [Fact]
    public void An_id_that_a_group_once_had_still_leads_to_it()
    {
        var random = new Random(3);
        var groups = new NearIdenticalGroups();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var i in Enumerable.Range(0, 120))
        {
            groups.Add(Variant(i, random));
            ids.UnionWith(groups.All().Select(group => group.Id));
        }

        ids.Count.ShouldBeGreaterThan(groups.All().Count());
        var now = groups.All().Select(group => group.Id).ToHashSet(StringComparer.Ordinal);
        ids.ShouldAllBe(id => now.Contains(groups.Find(id).ShouldNotBeNull().Id));
        groups.Find("nothing").ShouldBeNull();
        groups.Find("0000000000000000").ShouldBeNull();
    }

    [Fact]
    public void A_hundred_thousand_mails_of_one_text_are_one_group_whether_identical_or_each_with_its_own_attachment()
    {
        var sketch = TextSketch.Of(Text);
        foreach (var own in (bool[])[false, true])
        {
            var groups = new NearIdenticalGroups();
            foreach (var i in Enumerable.Range(0, 100_000))
            {
                groups.Add(Mail(i, "", $"org-{i % 2_000}", unique: own ? (ulong)i : 7) with { Sketch = sketch });
            }

            var group = groups.All().ShouldHaveSingleItem();
            group.Size.ShouldBe(100_000);
            group.UniqueMails.ShouldBe(own ? 100_000 : 1);
            group.Destinations.ShouldBe(NearIdenticalGroups.MostCounted);
            group.Organizations.Count.ShouldBe(NearIdenticalGroups.MostCounted);
        }
    }

    private static NearIdenticalMail Variant(int number, Random random)
    {
        // Pieces of one text, in more or less the same words: likeness all over the scale.
        var words = Text.Split('。').ToList();
        for (var change = random.Next(4); change > 0; change--)
        {
            words[random.Next(words.Count)] = "変更" + random.Next(6).ToString(CultureInfo.InvariantCulture);
        }

        return Mail(number, string.Join('。', words) + Name(random.Next(30)), $"org-{random.Next(9)}", shape: (ulong)random.Next(2));
    }

    private static string Groups(IEnumerable<NearIdenticalMail> mails)
    {
        var groups = new NearIdenticalGroups();
        foreach (var mail in mails)
        {
            groups.Add(mail);
        }

        return string.Join('\n', groups.All().Select(group => $"{group} {string.Join(',', group.Organizations)}"));
    }

    private static string Name(int number) =>
        ((string[])["山田", "佐藤", "鈴木", "高橋", "伊藤"])[number % 5] + number.ToString(CultureInfo.InvariantCulture);

    private static NearIdenticalMail Mail(int number, string text, string organization, ulong shape = 1, ulong? unique = null) =>
        new()
        {
            Key = "k" + number.ToString(CultureInfo.InvariantCulture),
            UniqueId = unique ?? NearIdenticalMail.Hash(text),
            Shape = shape,
            Sketch = TextSketch.Of(text),
            Organization = organization,
            ReceivedAt = new DateTimeOffset(2013, 10, 17, 0, 0, 0, TimeSpan.Zero).AddMinutes(number),
        };
}
