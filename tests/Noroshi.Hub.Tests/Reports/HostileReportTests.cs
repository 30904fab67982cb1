using System.Text;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Figures;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Reports.Findings;
using Noroshi.MailAnatomy;
using Noroshi.Makers;
using Noroshi.Makers.Corpus;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Reports;

/// <summary>Strangers choose subjects, names, words and paths; a page must not become theirs.</summary>
public sealed class HostileReportTests
{
    /// <summary>Markup, event attributes, breaks out of attributes, XML's own traps, and characters that turn or hide text.</summary>
    public static TheoryData<string> Payloads =>
        [
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)",
            "</title></style></svg><iframe src=\"https://evil.example/\">",
            "]]><!--<![CDATA[<a href=\"javascript:alert(1)\">",
            "&lt;b&gt; &amp; &#60;i&#62; &nosuch;",
            "a\u202Egnp.exe\u2066b\u200Bc\u0000d\u0008e\uFFFE\uD800f\u2028g\u0085h",
            "javascript:alert(1) https://evil.example/x.html?a=b data:text/html,<p>",
            "{{7*7}} ${x} %s \\\\server\\share ../../etc/passwd",
        ];

    [Theory]
    [MemberData(nameof(Payloads), DisableDiscoveryEnumeration = true)]
    public void What_strangers_write_stays_text(string payload)
    {
        var plain = FindingReport.Of(With("x")).ToList();
        var hostile = FindingReport.Of(With(payload)).ToList();
        hostile.Count.ShouldBe(plain.Count);
        for (var i = 0; i < hostile.Count; i++)
        {
            PageRules.Check(hostile[i]);
            // The same elements as with a harmless word: nothing was added to the page but text.
            PageReader.Shape(PageReader.Read(hostile[i])).ShouldBe(PageReader.Shape(PageReader.Read(plain[i])), hostile[i].Name);
            // What programs would make a link of is broken up; the only URL left is the name of SVG.
            var content = hostile[i].Content.Replace("xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal);
            content.ShouldNotContain("http://");
            content.ShouldNotContain("https://");
        }

        var shown = VisibleText.Line(payload)[..6];
        hostile.ShouldContain(page => PageReader.Read(page).Value.Contains(shown, StringComparison.Ordinal));
    }

    [Fact]
    public void A_name_that_turns_its_reading_order_is_shown_with_its_control_written_out()
    {
        var page = FindingReport.Of(With("研究資料\u202Excod.scr")).First(one => one.Name == "conversation-7.html");
        var text = PageReader.Read(page).Value;
        text.ShouldContain("研究資料[U+202E RLO]xcod.scr");
        text.ShouldContain("表示上の名前");
    }

    private static Situation With(string word)
    {
        var sample = SampleSituation.Make();
        var key = $"key {word}";
        var mail = sample.Mails["11:58"] with
        {
            Key = key,
            File = $"{word}.eml",
            Organization = word,
            Window = word,
            Facts = Dissector.Mail(
                new MailMaker()
                    .Header("From", "a@b.example")
                    .Header("Content-Type", "text/plain; charset=utf-8")
                    .Body("text", Encoding.UTF8)
                    .Done()
            ) with
            {
                Subject = word,
                Hops =
                [
                    new()
                    {
                        By = word,
                        From = word,
                        Helo = word,
                        Ip = word,
                        With = word,
                    },
                ],
                Attachments =
                [
                    new FileFacts
                    {
                        Name = $"{word}1",
                        DisplayedName = word,
                        Path = word,
                        Format = word,
                        Encryption = word,
                        Encrypted = true,
                        Password = new(word, word, word),
                        OpensIn = [new(word, true, word, $"{word} / {word} [x]")],
                        Disguises = [Disguise.Rlo],
                    },
                ],
            },
        };
        var message = new ConversationMessage
        {
            Mail = key,
            Source = MessageSource.Mail,
            Window = word,
            Label = $"#7-{word}",
            Role = MessageRole.Attack,
            Intents = [new FoundIntent(Intent.Inquiry, word)],
            At = SampleSituation.At("10-20 10:00"),
            SummaryJa = word,
            SummaryEn = word,
        };
        var conversation = new Conversation
        {
            Id = word,
            Organization = word,
            Windows = [word],
            Personas = [word],
            Stage = ConversationStage.Attacked,
            Assessment = Assessment.High,
            Evidence = [new(word, word, 1), new("environment-question", $"#7-1「{word}」", 1), new("adaptation", word, 1)],
            Messages = [message, message with { Source = MessageSource.Quote, Mail = null }],
        };
        Evidence[] rows =
        [
            new(EvidenceFamily.Prior, "", -10),
            new(EvidenceFamily.Text, $"line: {word}", 30, word),
            new(EvidenceFamily.Destination, $"{word}: {word}", -1),
        ];
        var campaign = sample.Campaigns[0] with
        {
            Id = word,
            Alias = word,
            Exchanges = [word, key, "x-1"],
            Organizations = [word],
            Links = [new Link(key, "m1-1", LinkLevel.Strong, rows)],
            Patterns =
            [
                new ReturningPattern([word], word, 40),
                new EvolvingPattern([word], [new MonthChange(new DateOnly(2013, 10, 1), word, [word], [word])]),
            ],
        };
        return sample with
        {
            Mails = sample.Mails.Append(new(key, mail)).ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal),
            Conversations = [.. sample.Conversations, conversation],
            Campaigns = [campaign],
            Suggestions = [new Link(key, word, LinkLevel.Suggestion, rows)],
            Warnings = [sample.Warnings[0] with { Conversation = word, Detail = word, ExpectJa = word, ExpectEn = word }],
            OnlyTogether = [new OnlyTogether(word, word, [word], word, word)],
            RarityVersion = word,
        };
    }
}
