using System.Globalization;
using System.Xml.Linq;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Reports.Findings;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Reports;

public sealed class FindingReportTests
{
    private static readonly List<ReportFile> Pages = [.. FindingReport.Of(SampleSituation.Make())];

    [Fact]
    public void Every_finding_has_a_page_in_both_languages()
    {
        var campaign = $"campaign-{SampleSituation.Make().Campaigns[0].Id}";
        string[] names =
        [
            "index",
            "together",
            "conversation-1",
            "conversation-2",
            "conversation-3",
            "conversation-4",
            "conversation-5",
            campaign,
        ];
        Pages.Select(page => page.Name).ShouldBe(names.SelectMany(name => new[] { $"{name}.html", $"{name}.en.html" }));
        // NOROSHI_WRITE_PAGES names a folder in which a person wants to look at them.
        if (Environment.GetEnvironmentVariable("NOROSHI_WRITE_PAGES") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            foreach (var page in Pages)
            {
                File.WriteAllText(Path.Combine(folder, page.Name), page.Content);
            }
        }
    }

    [Fact]
    public void Pages_are_well_formed_and_complete_in_themselves()
    {
        var names = Pages.Select(page => page.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var page in Pages)
        {
            PageRules.Check(page);
            foreach (var link in PageReader.Read(page).Descendants("a"))
            {
                names.Contains(link.Attribute("href")?.Value ?? "").ShouldBeTrue($"{page.Name}: {link}");
            }
        }
    }

    [Fact]
    public void Both_languages_have_the_same_structure_and_english_pages_quote_japanese_only()
    {
        foreach (var page in Pages.Where(page => !page.Name.EndsWith(".en.html", StringComparison.Ordinal)))
        {
            var english = Pages.Single(other => other.Name == page.Name.Replace(".html", ".en.html", StringComparison.Ordinal));
            var (ja, en) = (PageReader.Read(page), PageReader.Read(english));
            PageReader.Shape(en).ShouldBe(PageReader.Shape(ja), page.Name);
            ja.Attribute("lang")?.Value.ShouldBe("ja");
            en.Attribute("lang")?.Value.ShouldBe("en");
            en.Descendants()
                .Where(one =>
                    (one.Attribute("class")?.Value ?? "").Contains("data", StringComparison.Ordinal)
                    || one.Attribute("hreflang") is not null
                )
                .ToList()
                .ForEach(one => one.RemoveNodes());
            // The description of a figure repeats what the figure quotes.
            en.Descendants($"{PageReader.Svg}desc").ToList().ForEach(one => one.RemoveNodes());
            en.DescendantNodes()
                .OfType<XText>()
                .Where(text =>
                    text.Parent?.Name.LocalName != "style"
                    && text.Value.Any(character => character is >= '\u3040' and <= '\u9fff' or >= '\uff00' and <= '\uffef')
                )
                .Select(text => text.Value)
                .ShouldBeEmpty(english.Name);
        }
    }

    [Fact]
    public void The_same_situation_gives_the_same_pages_in_whatever_order_its_mails_stand()
    {
        var situation = SampleSituation.Make();
        var turned = situation with
        {
            Mails = situation.Mails.Reverse().ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal),
        };
        FindingReport.Of(turned).Select(page => page.Content).ShouldBe(Pages.Select(page => page.Content));
    }

    [Fact]
    public void No_text_of_a_figure_lies_on_another_or_outside()
    {
        var figures = 0;
        foreach (var page in Pages)
        {
            foreach (var svg in PageReader.Read(page).Descendants($"{PageReader.Svg}svg"))
            {
                figures++;
                FigureRules.Check(
                    PageReader.LabelsOf(svg),
                    double.Parse(svg.Attribute("width")?.Value ?? "0", CultureInfo.InvariantCulture),
                    page.Name
                );
            }
        }

        figures.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Figures_say_in_words_what_they_show()
    {
        foreach (var svg in Pages.SelectMany(page => PageReader.Read(page).Descendants($"{PageReader.Svg}svg")))
        {
            svg.Attribute("role")?.Value.ShouldBe("img");
            var ids = svg.Elements()
                .Where(one => one.Name.LocalName is "title" or "desc")
                .ToDictionary(one => one.Attribute("id")?.Value ?? "", one => one.Value, StringComparer.Ordinal);
            (svg.Attribute("aria-labelledby")?.Value ?? "").Split(' ').ShouldAllBe(id => ids[id].Length > 0);
        }

        Text("conversation-4.html").ShouldContain("#4-3 攻撃 10/17(木) 10:27 (+13分)");
    }

    [Fact]
    public void Table_1_tells_number_kind_and_description_and_nothing_else()
    {
        var table = PageReader
            .Read(Page("conversation-4.html"))
            .Descendants("section")
            .Single(one => one.Attribute("id")?.Value == "table1");
        table.Descendants("thead").Single().Descendants("th").Select(one => one.Value).ShouldBe(["番号", "種別", "説明"]);
        var rows = table
            .Descendants("tbody")
            .Single()
            .Elements("tr")
            .Select(row => row.Elements().Select(cell => cell.Value).ToList())
            .ToList();
        rows.Select(row => row[0]).ShouldBe(Enumerable.Range(1, 9).Select(row => $"#4-{row}"));
        rows.Select(row => row[1]).ShouldBe(["偵察", "返信", "攻撃", "返信", "攻撃", "返信", "偵察", "返信", "攻撃"]);
        rows.ShouldAllBe(row => row.Count == 3);
        table.Value.ShouldNotContain("09:02");
        table.Value.ShouldNotContain("@");
        table.Value.ShouldContain("#4-9の「Lhaplusで解凍できる」は、対応形式から推定した");
    }

    [Fact]
    public void The_hub_view_tells_gaps_passwords_and_which_unarchivers_open_an_archive()
    {
        var text = Text("conversation-4.html");
        text.ShouldContain("kenkyu2013");
        text.ShouldContain("本文2行目");
        text.ShouldContain("Lhaplus 1.59-1.74");
        text.ShouldContain("解凍できない");
        var hub = PageReader.Read(Page("conversation-4.html")).Descendants("section").Single(one => one.Attribute("id")?.Value == "hub");
        hub.Descendants("td")
            .Where(cell => cell.Attribute("data-label")?.Value == "間隔")
            .Select(cell => cell.Value)
            .ShouldBe(["-", "1時間12分", "13分", "1時間13分", "18分", "1時間7分", "13分", "44分", "51分"]);
    }

    [Fact]
    public void A_campaign_is_told_hedged_with_its_patterns_in_public_words()
    {
        var name = Pages.Single(page =>
            page.Name.StartsWith("campaign-", StringComparison.Ordinal) && !page.Name.Contains(".en.", StringComparison.Ordinal)
        );
        var page = PageReader.Read(name);
        page.Value.ShouldContain("一連の攻撃「X」");
        page.Value.ShouldContain("5組織に届いた5件のやり取り(13通)は、同一の攻撃者によるものと思われる(確度:高)。");
        page.Value.ShouldContain("4分間に、3組織の3つの窓口へ、最初のメールが並行して届いた。");
        page.Value.ShouldContain("4分間に3つの窓口へ並行");
        page.Value.ShouldContain("同時並行で届いたメール");
        page.Value.ShouldContain("2013/10/15(火)");
        page.Value.ShouldContain("この根拠がなくても結論は変わりません");
        // Probabilities stand where only the hub looks: folded away.
        page.Descendants("details").Remove();
        page.Value.ShouldNotContain("確率");
    }

    [Fact]
    public void The_printed_strength_of_a_link_is_the_sum_of_its_printed_rows()
    {
        var links = PageReader
            .Read(
                Pages.Single(page =>
                    page.Name.StartsWith("campaign-", StringComparison.Ordinal) && page.Name.Contains(".en.", StringComparison.Ordinal)
                )
            )
            .Descendants("details")
            .Where(one =>
                one.Element("summary")?.Value.Contains("strength", StringComparison.Ordinal) == true
                && one.Value.Contains("Sum", StringComparison.Ordinal)
            )
            .ToList();
        links.Count.ShouldBeGreaterThan(3);
        foreach (var link in links)
        {
            var rows = link.Descendants("tbody")
                .Single()
                .Elements("tr")
                .Select(row => decimal.Parse(row.Elements().Last().Value, CultureInfo.InvariantCulture))
                .ToList();
            rows[..^1].Sum().ShouldBe(rows[^1]);
            link.Element("summary")?.Value.ShouldContain($"strength {rows[^1].ToString("0.0", CultureInfo.InvariantCulture)} bits");
        }
    }

    [Fact]
    public void The_hub_view_tells_where_a_mail_leads_and_that_a_misused_site_only_appears_so()
    {
        var situation = SampleSituation.Make();
        var mail = situation.Mails["10:27"];
        var stated = new ManifestLine
        {
            Organization = "power-a",
            Destinations = [new Destination("www.shop.example", "192.0.2.9", "JP", Hijacked: "suspected")],
        };
        var mails = situation.Mails.ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        mails["10:27"] = mail with { Stated = stated };
        var page = FindingReport.Of(situation with { Mails = mails }).Single(one => one.Name == "conversation-4.html");
        PageReader
            .Read(page)
            .Value.ShouldContain("不正接続先: www[.]shop[.]example / 192[.]0[.]2[.]9 / JP / 正規サイトが悪用されていたと思われる(疑い)");
    }

    [Fact]
    public void A_warning_says_why_what_to_expect_and_when_it_lapses()
    {
        foreach (var name in new[] { "index.html", "conversation-3.html" })
        {
            var text = Text(name);
            text.ShouldContain("複数の窓口に、同時並行で最初のメールが届いた");
            text.ShouldContain("返信から15分ほどで、添付ファイルのあるメールが届くおそれがある。");
            text.ShouldContain("2013年10月29日 13:04");
        }
    }

    [Fact]
    public void Times_known_to_the_hour_or_by_word_are_never_told_in_minutes()
    {
        var hub = PageReader
            .Read(Page("conversation-5.html"))
            .Descendants("section")
            .Single(one => one.Attribute("id")?.Value == "hub")
            .Value;
        hub.ShouldContain("11時ごろ");
        hub.ShouldContain("日のみ");
        hub.ShouldContain("時刻不明");
        hub.ShouldContain("引用で判明");
        hub.ShouldContain("申告");
        hub.ShouldNotContain("11:00");
    }

    [Fact]
    public void Without_mails_the_overview_says_what_to_do_next()
    {
        var pages = FindingReport.Of(SampleSituation.Nothing()).ToList();
        pages.Count.ShouldBe(4);
        pages.ForEach(PageRules.Check);
        PageReader.Read(pages[0]).Value.ShouldContain("もう一度実行してください");
        PageReader.Read(pages[1]).Value.ShouldContain("run again");
        PageReader.Read(pages[2]).Value.ShouldContain("2組織以上のメールを一緒に分析しているか確かめてください");
    }

    [Fact]
    public void Without_findings_the_overview_says_so()
    {
        var situation = SampleSituation.Make();
        var text = PageReader
            .Read(
                FindingReport
                    .Of(situation with { Conversations = [], Campaigns = [], Warnings = [], OnlyTogether = [], Suggestions = [] })
                    .First()
            )
            .Value;
        text.ShouldContain("あらためて分析してください");
        text.ShouldContain("つながりが分かることがあります");
        text.ShouldContain("窓口からの返信も一緒に分析すると");
    }

    [Fact]
    public void Files_are_told_apart_even_where_labels_are_missing_or_stand_twice()
    {
        var situation = SampleSituation.Make();
        var same = situation.Conversations[0];
        var pages = FindingReport
            .Of(
                situation with
                {
                    Conversations =
                    [
                        same,
                        same with
                        {
                            Id = "second",
                        },
                        same with
                        {
                            Id = "third",
                            Messages = [.. same.Messages.Select(message => message with { Label = "" })],
                        },
                        same with
                        {
                            Id = "fourth",
                            Messages = [.. same.Messages.Select(message => message with { Label = "#99999999999-1" })],
                        },
                    ],
                }
            )
            .Select(page => page.Name)
            .ToList();
        pages.Distinct(StringComparer.Ordinal).Count().ShouldBe(pages.Count);
        pages.Count(name => name.StartsWith("conversation-", StringComparison.Ordinal)).ShouldBe(8);
    }

    [Fact]
    public void A_flood_of_findings_gives_bounded_pages()
    {
        var situation = SampleSituation.Make();
        var one = situation.Conversations[3];
        var small = situation.Conversations[0];
        var many = Enumerable
            .Range(0, 1_500)
            .Select(i => small with { Id = $"y{i}", Assessment = i == 1_499 ? Assessment.High : Assessment.Medium });
        var huge = one with { Id = "huge", Messages = [.. Enumerable.Range(0, 20_000).Select(i => one.Messages[i % 9])] };
        var pages = FindingReport.Of(situation with { Conversations = [huge, .. many] }).ToList();
        pages.Count(page => page.Name.StartsWith("conversation-", StringComparison.Ordinal)).ShouldBe(2 * Reading.MostConversations);
        pages.Max(page => page.Content.Length).ShouldBeLessThan(3_000_000);
        PageReader.Read(pages[0]).Value.ShouldContain("ほか501件は省略した");
    }

    [Fact]
    public void A_campaign_of_thousands_gives_one_page_of_bounded_size()
    {
        var situation = SampleSituation.Make();
        var one = situation.Conversations[0];
        var conversations = Enumerable.Range(0, 3_000).Select(i => one with { Id = $"y{i:D4}" }).ToList();
        var campaign = situation.Campaigns[0] with
        {
            Exchanges = [.. conversations.Select(conversation => conversation.Id)],
            Patterns =
            [
                .. Enumerable
                    .Range(0, 400)
                    .Select(i => new SequentialPattern([.. conversations.Select(conversation => conversation.Id)], 3, 5, 0.001)),
            ],
        };
        var page = FindingReport.Of(situation with { Conversations = conversations, Campaigns = [campaign] }).Last();
        page.Name.ShouldStartWith("campaign-");
        page.Content.Length.ShouldBeLessThan(1_000_000);
        PageRules.Check(page);
    }

    private static ReportFile Page(string name) => Pages.Single(page => page.Name == name);

    private static string Text(string name) => PageReader.Read(Page(name)).Value;
}
