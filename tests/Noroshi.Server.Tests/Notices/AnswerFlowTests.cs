using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Judgement.Answers;
using Noroshi.Hub.Storage;
using Noroshi.Makers;
using Noroshi.Makers.FileTypes;
using Noroshi.Server.Notices;
using Noroshi.Server.Notices.Answering;
using Noroshi.Server.Notices.Sending;
using Noroshi.Server.Notices.Steps;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Notices;

/// <summary>From a mail handed in to the mails that its window gets.</summary>
public sealed class AnswerFlowTests
{
    private static readonly string Window = AnsweringHub.AddressOf("power-a");
    private static readonly Actor Analyst = new()
    {
        Kind = ActorKind.User,
        Id = "u-analyst",
        Roles = new HashSet<Role> { Role.Analyst },
        SecondFactor = true,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_window_gets_the_number_at_once_and_the_answer_within_the_minute_and_later_the_analysts()
    {
        await using var hub = await AnsweringHub.StartAsync();
        var receipt = await hub.GiveAsync("power-a", Attack());
        var acknowledged = (await hub.SentAsync(Window, 1))[0];
        Reading.Message(acknowledged).Subject.ShouldBe($"[Noroshi] 受付のお知らせ(受付番号 {ReceiptCode.Of(receipt.Id)})");
        Reading.Raw(acknowledged).ShouldContain("Auto-Submitted: auto-replied");

        var answer = (await hub.AnswersAsync(receipt.Id))[0];
        (answer.Kind, answer.Basis, answer.At).ShouldBe(
            (AnswerKind.DoNotOpen, AnswerBasis.Automatic, receipt.ReceivedAt + TimeSpan.FromSeconds(15))
        );
        answer.Reasons.ShouldContain(reason => reason == AnswerReasons.Program);
        await hub.AdvanceAsync(TimeSpan.FromSeconds(15));
        var mails = await hub.SentAsync(Window, 2);
        Reading.Text(mails[1]).ShouldContain("「開かないでください」");
        Reading.Text(mails[1]).ShouldContain("自動判定(暫定)");
        mails.ShouldAllBe(mail => !Reading.Text(mail).Contains("見積", StringComparison.Ordinal) && !Reading.Raw(mail).Contains("tanaka"));

        using var analyst = hub.Hub.As(Analyst);
        using var confirmed = await analyst.PostAsJsonAsync(
            Uri(receipt),
            new { answer = "hold-reply", reasons = new[] { "exchange.environment" } },
            Cancellation
        );
        confirmed.StatusCode.ShouldBe(HttpStatusCode.OK);
        var last = Reading.Text((await hub.SentAsync(Window, 3))[2]);
        last.ShouldContain("「返信を保留してください」");
        last.ShouldContain("分析者確認済み");
        last.ShouldNotContain("u-analyst");
        var journal = await hub.Hub.Get<IHubStore>().Journal.ReadAsync(new JournalFilter { Subject = receipt.Id.ToString() }, Cancellation);
        journal
            .Select(one => one.Record.Action)
            .ShouldBe(
                ["provision.acknowledged", "provision.answered", "identity.read", "provision.answered", "verdict.given"],
                StringComparer.Ordinal,
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task Before_its_moment_an_answer_is_pending_and_to_another_member_it_does_not_exist()
    {
        await using var hub = await AnsweringHub.StartAsync();
        var receipt = await hub.GiveAsync("power-a", Attack());
        await hub.AnswersAsync(receipt.Id);
        using var own = hub.Hub.As(AnsweringHub.MemberOf("power-a"));
        (await own.GetFromJsonAsync<JsonElement>(Uri(receipt), Cancellation)).GetProperty("state").GetString().ShouldBe("pending");
        await hub.AdvanceAsync(TimeSpan.FromSeconds(15));
        var read = await own.GetFromJsonAsync<JsonElement>(Uri(receipt), Cancellation);
        read.GetProperty("answer").GetString().ShouldBe("do-not-open");
        read.GetProperty("receipt").GetString().ShouldBe(ReceiptCode.Of(receipt.Id));

        using var other = hub.Hub.As(AnsweringHub.MemberOf("gas-b"));
        using var foreign = await other.GetAsync(Uri(receipt), Cancellation);
        using var missing = await other.GetAsync(new Uri($"/api/v1/provisions/{Guid.NewGuid():N}/answer", UriKind.Relative), Cancellation);
        foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var bodies = (await foreign.Content.ReadAsStringAsync(Cancellation), await missing.Content.ReadAsStringAsync(Cancellation));
        WithoutTrace(bodies.Item1).ShouldBe(WithoutTrace(bodies.Item2));
        using var window = hub.Hub.As(AnsweringHub.MemberOf("power-a") with { Window = "recruit" });
        (await window.GetAsync(Uri(receipt), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"answer":"safe"}""")]
    [InlineData("""{"answer":"hold-reply","reasons":["no.such"]}""")]
    [InlineData("""{"answer":"hold-reply","reasons":["early-warning"]}""")]
    [InlineData("""{"answer":"hold-reply","answer":"do-not-open"}""")]
    [InlineData("""{"answer":"hold-reply","note":"他社にも届いています"}""")]
    [InlineData("""{"answer":7}""")]
    [InlineData("")]
    public async Task An_analyst_says_only_what_the_table_holds(string body)
    {
        await using var hub = await AnsweringHub.StartAsync();
        var receipt = await hub.GiveAsync("power-a", Attack());
        await hub.AnswersAsync(receipt.Id);
        using var analyst = hub.Hub.As(Analyst);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await analyst.PostAsync(Uri(receipt), content, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await hub.AnswersAsync(receipt.Id)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_waits_in_quarantine_gets_the_same_acknowledgement_and_an_answer_by_its_content()
    {
        await using var hub = await AnsweringHub.StartAsync();
        await hub.GiveAsync("power-a", Attack());
        var held = AnsweringHub.Header("power-a") with { Items = [new ProvisionItem("mail-1.eml")], Quarantine = "sender" };
        var receipt = await hub.GiveAsync(held, [Attack()]);
        var answer = (await hub.AnswersAsync(receipt.Id))[0];
        answer.Kind.ShouldBe(AnswerKind.DoNotOpen);
        answer.SameAs.ShouldBeNull();
        var mails = (await hub.SentAsync(Window, 2)).Select(Reading.Text).ToList();
        mails[0].Split('\n').Length.ShouldBe(mails[1].Split('\n').Length);
    }

    [Fact]
    public async Task The_same_mail_of_the_same_organisation_is_said_to_be_there_already()
    {
        await using var hub = await AnsweringHub.StartAsync();
        var first = await hub.GiveAsync("power-a", Attack());
        await hub.AnswersAsync(first.Id);
        var second = await hub.GiveAsync("power-a", Attack());
        var answer = (await hub.AnswersAsync(second.Id))[0];
        answer.SameAs.ShouldBe(ReceiptCode.Of(first.Id));
        await hub.AdvanceAsync(TimeSpan.FromSeconds(15));
        (await hub.SentAsync(Window, 4))
            .Select(Reading.Text)
            .ShouldContain(text => text.Contains($"受付番号 {ReceiptCode.Of(first.Id)} として既に"));
    }

    [Fact]
    public async Task Nothing_to_take_apart_is_answered_too_and_nobody_answers_what_has_no_address()
    {
        await using var hub = await AnsweringHub.StartAsync();
        var traffic = await hub.GiveAsync(AnsweringHub.Header("power-a") with { Kind = ProvisionKind.Traffic, Note = "不審な通信" }, []);
        (await hub.AnswersAsync(traffic.Id))[0].Reasons.ShouldBe([AnswerReasons.NoMail]);
        var unread = await hub.GiveAsync("power-a", [0x4d, 0x5a, 0x00]);
        var desk = await hub.GiveAsync(
            AnsweringHub.Header("power-a") with
            {
                Intake = "desk",
                Way = GivingWay.Desk,
                Organization = null,
                Window = null,
                Kind = ProvisionKind.Consultation,
            },
            []
        );
        await hub.AnswersAsync(desk.Id);
        await hub.AdvanceAsync(TimeSpan.FromSeconds(44));
        // When the parser says that there is no mail in it the answer comes with the next release, and at 45 seconds without the parser.
        ((await hub.AnswersAsync(unread.Id))[0].At - unread.ReceivedAt).ShouldBeOneOf(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(45));
        await hub.AdvanceAsync(TimeSpan.FromSeconds(2));
        (await hub.SentAsync(Window, 4)).Count.ShouldBe(4);
        hub.Mails.All.ShouldAllBe(one => one.To == Window);
    }

    [Fact]
    public async Task A_machines_mail_is_not_acknowledged_and_a_warning_about_it_is_sent_all_the_same()
    {
        await using var hub = await AnsweringHub.StartAsync();
        byte[] automatic = [.. "Auto-Submitted: auto-replied\r\n"u8, .. AnsweringHub.Mail(Window, new Letter())];
        var harmless = await hub.GiveAsync("power-a", automatic);
        (await hub.AnswersAsync(harmless.Id))[0].Kind.ShouldBe(AnswerKind.NothingFound);
        var warned = await hub.GiveAsync("power-a", [.. "Auto-Submitted: auto-replied\r\n"u8, .. Attack()]);
        await hub.AnswersAsync(warned.Id);
        await hub.AdvanceAsync(TimeSpan.FromSeconds(15));
        (Reading.Message((await hub.SentAsync(Window, 1))[0]).Subject ?? "").ShouldContain("判定のお知らせ");
        hub.Mails.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_machines_that_answer_each_other_come_to_an_end()
    {
        await using var hub = await AnsweringHub.StartAsync(
            options: new NoticeOptions
            {
                From = "hub@noroshi.example",
                Relay = "relay.example",
                MostPerHour = 5,
            }
        );
        for (var i = 0; i < 6; i++)
        {
            await hub.AnswersAsync(
                (await hub.GiveAsync("power-a", AnsweringHub.Mail(Window, new Letter { Id = $"loop-{i}@power-a.example" }))).Id
            );
        }

        await hub.AdvanceAsync(TimeSpan.FromSeconds(15));
        (await hub.SentAsync(Window, 5)).Count.ShouldBe(5);
        await hub.AdvanceAsync(TimeSpan.FromHours(2));
        await hub.AnswersAsync((await hub.GiveAsync("power-a", Attack())).Id);
        // The yearly question about staff comes by the same way in the morning.
        (await hub.SentAsync(Window, 6))
            .Count(one => (Reading.Message(one).Subject ?? "").Contains("受付番号", StringComparison.Ordinal))
            .ShouldBe(6);
    }

    [Fact]
    public async Task A_relay_that_is_away_delays_and_one_that_refuses_is_written_down()
    {
        await using var hub = await AnsweringHub.StartAsync();
        hub.Mails.Answers.Enqueue(new SendResult(Sent.Later, "connection"));
        hub.Mails.Answers.Enqueue(new SendResult(Sent.Never, "smtp-550"));
        var receipt = await hub.GiveAsync("power-a", Attack());
        await hub.AnswersAsync(receipt.Id);
        while (hub.Mails.Answers.Count == 2)
        {
            await Task.Delay(50, Cancellation);
        }

        hub.Hub.Get<SendState>().Now.Problem.ShouldBe("connection");
        await hub.AdvanceAsync(TimeSpan.FromSeconds(20));
        (await hub.SentAsync(Window, 1)).Count.ShouldBe(1);
        var steps = hub.Hub.Get<IHubStore>().Steps;
        var failed = (await steps.QuarantineAsync(SendStep.Step, Lane.Live, 10, Cancellation)).ShouldHaveSingleItem();
        failed.Reason.ShouldBe("smtp-550");
        using var administrator = hub.Hub.As(Analyst with { Roles = new HashSet<Role> { Role.Administrator } });
        var outbox = await administrator.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/outbox", UriKind.Relative), Cancellation);
        outbox.GetProperty("failed").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Handing_in_a_notice_twice_sends_it_once()
    {
        await using var hub = await AnsweringHub.StartAsync();
        var notices = hub.Hub.Get<Noroshi.Server.Notices.Notices>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["receipt"] = "7K3F-9Q2M-04TX",
            ["checklist"] = "・検体",
            ["deadline"] = "2013年10月24日",
        };
        var to = new NoticeRecipient(RecipientKind.Window, "power-a", "inquiry");
        await notices.QueueAsync(notices.Queue("request-1", NoticeTemplate.Request, to, values));
        await notices.QueueAsync(notices.Queue("request-1", NoticeTemplate.Request, to, values));
        await notices.QueueAsync(notices.Queue("request-2", NoticeTemplate.Reminder, to, values));
        await hub.SentAsync(Window, 2);
        hub.Mails.All.Count.ShouldBe(2);
        Should.Throw<FormatException>(() => notices.Queue("request-3", NoticeTemplate.Rfi, to, values));
    }

    [Fact]
    public void Answers_come_out_at_beats_after_the_reception_only()
    {
        var received = new DateTimeOffset(2013, 10, 17, 0, 0, 0, TimeSpan.Zero);
        AnswerRecords.Release(received, received).ShouldBe(received.AddSeconds(15));
        AnswerRecords.Release(received, received.AddSeconds(14.9)).ShouldBe(received.AddSeconds(15));
        AnswerRecords.Release(received, received.AddSeconds(15.1)).ShouldBe(received.AddSeconds(30));
        AnswerRecords.Release(received, received.AddHours(-1)).ShouldBe(received.AddSeconds(15));
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-generated\r\n\r\n", true)]
    [InlineData("auto-submitted:auto-replied\n\nx", true)]
    [InlineData("Auto-Submitted: no\r\n\r\n", false)]
    [InlineData("Return-Path: <>\r\nFrom: a@b.example\r\n\r\n", true)]
    [InlineData("Subject: x\r\n\r\nAuto-Submitted: auto-replied\r\n", false)]
    [InlineData("", false)]
    [InlineData(":", false)]
    public void A_machines_mail_is_known_by_its_header(string mail, bool automatic) =>
        AutomaticInput.Is(Encoding.ASCII.GetBytes(mail)).ShouldBe(automatic);

    private static byte[] Attack() =>
        AnsweringHub.Mail(
            Window,
            new Letter
            {
                Subject = "お見積りの件",
                Text = "見積書をお送りします。",
                File = ("見積書.zip", ZipMaker.Zip([new MadeFile("見積書.exe", ProgramMaker.Pe())])),
            }
        );

    private static Uri Uri(Receipt receipt) => new($"/api/v1/provisions/{receipt.Id}/answer", UriKind.Relative);

    private static string WithoutTrace(string problem)
    {
        var at = problem.IndexOf("\"traceId\"", StringComparison.Ordinal);
        return at < 0 ? problem : problem[..at];
    }
}
