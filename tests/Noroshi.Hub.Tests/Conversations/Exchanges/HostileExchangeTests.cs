using System.Diagnostics;
using System.Globalization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Text;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations;

public sealed class HostileExchangeTests
{
    private static readonly Letter Answer = new()
    {
        From = Letter.Info,
        To = Letter.Person,
        Subject = "Re: 製品",
        Text = "お答えします。",
    };

    private static readonly Letter Attack = new()
    {
        Subject = "Re: 製品",
        Text = "資料をお送りします。",
        Files = [("履歴書.exe", ProgramMaker.Pe())],
    };

    /// <summary>One persona, one subject, and each mail of another kind: eight times as many may not cost sixty-four times as much.</summary>
    [Theory]
    [InlineData("the same quote in every mail")]
    [InlineData("another quote in every mail")]
    [InlineData("another thread for every mail")]
    [InlineData("another address for every mail")]
    [InlineData("a statement with every mail")]
    public void A_long_exchange_does_not_cost_its_square(string kind)
    {
        Cost(kind, 300);
        var (few, many) = (Cost(kind, 500), Cost(kind, 4_000));
        many.ShouldBeLessThan((few * 24) + 1_000);
    }

    private static double Cost(string kind, int count)
    {
        var (answer, attack) = (Answer.Mail(Town.Members), Attack.Mail(Town.Members));
        var mails = Enumerable.Range(0, count).Select(i => Vary(kind, i, i % 3 == 1 ? answer : attack)).ToList();
        var clock = Stopwatch.StartNew();
        var drafts = Hub.Conversations.Exchanges.Of(mails, Town.Members, []);
        drafts.Sum(draft => Town.Judged(draft).Messages.Count).ShouldBeGreaterThanOrEqualTo(count);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static ProvidedMail Vary(string kind, int i, ProvidedMail mail)
    {
        var at = Letter.Time("10-17 09:00").AddMinutes(i);
        var name = i.ToString("D6", CultureInfo.InvariantCulture);
        var facts = mail.Facts with
        {
            Sha256 = name,
            MessageId = $"{name}@x.example",
            InReplyTo = kind == "another thread for every mail" ? null : "0@x.example",
            SentAt = at,
            Subject = kind == "another thread for every mail" ? $"件名 {name}" : mail.Facts.Subject,
        };
        var text = kind switch
        {
            "the same quote in every mail" => "仕様書の3ページに記載がございますのでご覧ください。",
            "another quote in every mail" => string.Concat(
                Enumerable.Range(0, 6).Select(part => $"項目{(i * 7_919) + (part * 104_729)}についてお答えします。\n")
            ),
            _ => "",
        };
        if (text.Length > 0)
        {
            facts = facts with { Body = facts.Body with { Quotes = [new QuotedMail(null, Letter.Info, null, null, null, null, text, 1)] } };
        }

        if (kind == "another address for every mail" && i % 3 != 1)
        {
            facts = facts with { From = new MailAddress("木村 健一", $"kimura{name}@webmail.example") };
        }

        var events =
            kind == "a statement with every mail" ? new[] { new StatedEvent("reply", at.AddSeconds(30), "minute", "電話の後に返信") } : [];
        return mail with
        {
            Key = name,
            ReceivedAt = at,
            Facts = facts,
            Stated = new ManifestLine { Organization = "power-a", StatedEvents = events },
        };
    }
}
