using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Hub.Storage;
using Noroshi.Makers;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Notices;

/// <summary>
/// A member that hands in crafted mails learns nothing of what others provided: with the same clock and the same inputs, everything that it
/// gets is the same to the byte whether or not another member provided the probed value. The provision's random id is the one thing that two
/// hubs never share; it is put out of sight, and so is the random id of each request.
/// </summary>
public sealed partial class ProbeTests(ITestOutputHelper output)
{
    private static readonly byte[] Program = ZipMaker.Zip([new MadeFile("見積書.exe", ProgramMaker.Pe())]);

    public static TheoryData<string> Kinds => ["same-mail", "same-attachment", "same-sender", "same-destination", "campaign-mates"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_a_member_gets_is_the_same_to_the_byte_whether_or_not_another_provided_it(string kind)
    {
        var (theirs, probe) = Pair(kind);
        var without = await ProbeAsync(approved: false, null, probe);
        var with = await ProbeAsync(approved: false, theirs, probe);
        with.ShouldBe(without);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task With_the_standing_approval_it_differs_and_says_so_in_fixed_words_only(string kind)
    {
        var (theirs, probe) = Pair(kind);
        var without = await ProbeAsync(approved: true, null, probe);
        var with = await ProbeAsync(approved: true, theirs, probe);
        output.WriteLine(with);
        string.Equals(with, without, StringComparison.Ordinal).ShouldBeFalse();
        with.ShouldContain("本ハブの早期警戒情報に該当します。");
        without.ShouldNotContain("早期警戒情報");
        with.ShouldNotContain("gas-b");
    }

    /// <summary>What another member provided, and the mail by which somebody tries to find that out.</summary>
    private static (IReadOnlyList<byte[]> Theirs, byte[] Probe) Pair(string kind)
    {
        var attack = new Letter
        {
            Subject = "お見積りの件",
            Text =
                "先日お問い合わせした件で、図面と見積条件をまとめました。添付をご確認のうえ、折り返しご連絡ください。田中産業 田中 https://files.bad-drop.example/q/7f3a",
            Id = "second@free-mail.example",
            At = new DateTimeOffset(2013, 10, 16, 23, 55, 0, TimeSpan.Zero),
            File = ("見積書.zip", Program),
        };
        var inquiry = new Letter
        {
            Text =
                "はじめてご連絡いたします。田中産業の田中と申します。貴社の流量計の仕様について伺いたく、図面と見積条件をどちらへお送りすればよいか、お教えいただけますでしょうか。急ぎのため本日中にご回答をいただけますと幸いです。",
        };
        byte[] Theirs(Letter letter) => AnsweringHub.Mail(AnsweringHub.AddressOf("gas-b"), letter);
        byte[] Probe(Letter letter) => AnsweringHub.Mail(AnsweringHub.AddressOf("power-a"), letter);
        return kind switch
        {
            "same-mail" => ([Theirs(attack)], Probe(attack)),
            "same-attachment" => (
                [Theirs(attack)],
                Probe(
                    attack with
                    {
                        From = "sato@other-mail.example",
                        Name = "佐藤",
                        Subject = "資料",
                        Text = "資料です。",
                        Id = "x1@other-mail.example",
                    }
                )
            ),
            "same-sender" => ([Theirs(inquiry), Theirs(attack)], Probe(inquiry with { Id = "x2@free-mail.example" })),
            "same-destination" => (
                [Theirs(attack)],
                Probe(
                    attack with
                    {
                        From = "kato@third-mail.example",
                        Name = "加藤",
                        Subject = "ご確認ください",
                        Text = "こちらをご覧ください。 https://files.bad-drop.example/q/7f3a",
                        Id = "x3@third-mail.example",
                        File = null,
                    }
                )
            ),
            "campaign-mates" => (
                [Theirs(inquiry), Theirs(attack)],
                Probe(
                    inquiry with
                    {
                        From = "tanaka-sangyo@free-mail.example",
                        Id = "x4@free-mail.example",
                        Text = inquiry.Text.Replace("流量計", "圧力計", StringComparison.Ordinal),
                    }
                )
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>Everything that the probing member gets, as one text.</summary>
    private static async Task<string> ProbeAsync(bool approved, IReadOnlyList<byte[]>? theirs, byte[] probe)
    {
        await using var hub = await AnsweringHub.StartAsync(approved);
        if (theirs is not null)
        {
            foreach (var mail in theirs)
            {
                await hub.AnswersAsync((await hub.GiveAsync("gas-b", mail)).Id);
            }
        }

        await hub.AdvanceAsync(TimeSpan.FromHours(1));
        var receipt = await hub.GiveAsync("power-a", probe);
        var all = new StringBuilder();
        all.AppendLine(CultureInfo.InvariantCulture, $"{receipt.Repeated} {receipt.ReceivedAt:O}");
        using var client = hub.Hub.As(AnsweringHub.MemberOf("power-a"));
        var answers = await hub.AnswersAsync(receipt.Id);
        await AppendAnswerAsync(all, client, receipt.Id);
        await hub.AdvanceAsync(TimeSpan.FromSeconds(15));
        await AppendAnswerAsync(all, client, receipt.Id);
        foreach (var answer in answers)
        {
            // Keys of mails are the hub's own; no member sees them.
            all.AppendLine(Encoding.UTF8.GetString((answer with { Mails = [] }).ToJson()));
        }

        // The clock jumps here, and two mails that are due at once go in either order.
        foreach (var mail in (await hub.SentAsync(AnsweringHub.AddressOf("power-a"), 2)).OrderBy(one => Reading.Message(one).Date))
        {
            all.AppendLine(CultureInfo.InvariantCulture, $"{mail.Length} bytes")
                .AppendLine(Reading.Raw(mail))
                .AppendLine(Reading.Text(mail));
        }

        return WithoutIds(all.ToString(), receipt.Id);
    }

    private static async Task AppendAnswerAsync(StringBuilder all, HttpClient client, ProvisionId id)
    {
        var uri = new Uri($"/api/v1/provisions/{id}/answer", UriKind.Relative);
        using var response = await client.GetAsync(uri, TestContext.Current.CancellationToken);
        all.AppendLine(CultureInfo.InvariantCulture, $"{response.StatusCode}");
        foreach (var header in response.Headers.Concat(response.Content.Headers).Where(one => one.Key is not ("Date" or "Request-Id")))
        {
            all.AppendLine(CultureInfo.InvariantCulture, $"{header.Key}: {string.Join(',', header.Value)}");
        }

        all.AppendLine(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string WithoutIds(string text, ProvisionId id)
    {
        var bare = text.Replace(ReceiptCode.Of(id), "RECEIPT", StringComparison.Ordinal)
            .Replace(id.ToString(), "ID", StringComparison.Ordinal);
        // Drawn from the id; the base64 lines hold the receipt code, and the text behind them is compared as well.
        return Base64Lines().Replace(MessageIds().Replace(bare, "Message-Id: "), "");
    }

    [GeneratedRegex(@"Message-Id: <[0-9a-f]{32}@noroshi\.example>", RegexOptions.None, 1_000)]
    private static partial Regex MessageIds();

    [GeneratedRegex(@"^[A-Za-z0-9+/=]{30,}\r?$", RegexOptions.Multiline, 1_000)]
    private static partial Regex Base64Lines();
}
