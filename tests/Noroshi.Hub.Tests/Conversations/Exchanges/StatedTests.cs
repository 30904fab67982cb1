using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations;

public sealed class StatedTests
{
    private static readonly Letter First = new()
    {
        At = "10-17 09:20",
        Stated = [new StatedEvent("reply", Letter.Time("10-17 09:00"), "hour", "仕様書をお送りした")],
    };

    private static readonly Letter Payload = new()
    {
        At = "10-17 10:05",
        Subject = "Re: 製品",
        Text = "資料をお送りします。",
        Files = [("資料.exe", ProgramMaker.Pe())],
    };

    [Fact]
    public void A_reply_stated_to_the_hour_counts_as_a_reply_but_gives_no_minutes()
    {
        var draft = Town.Exchanges(First, Payload).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in [out] in");
        var judged = Town.Judged(draft);
        judged.Messages[1].Role.ShouldBe(MessageRole.Reply);
        judged.Messages[1].Source.ShouldBe(MessageSource.Stated);
        judged.Messages[1].Precision.ShouldBe(TimePrecision.Hour);
        judged.Messages.Select(one => one.GapSeconds).ShouldBe([null, null, null]);
        judged.Evidence.ShouldNotContain(one => one.Code.StartsWith("latency", StringComparison.Ordinal));
        judged.Assessment.ShouldBe(Assessment.Medium);
    }

    [Fact]
    public void A_stated_reply_whose_mail_is_at_hand_is_not_told_twice()
    {
        var answer = new Letter
        {
            From = Letter.Info,
            To = Letter.Person,
            At = "10-17 09:50",
            Text = "仕様書をお送りします。",
        };
        Town.Line(Town.Exchanges(First, answer, Payload).ShouldHaveSingleItem()).ShouldBe("in out in");
    }

    [Fact]
    public void An_automatic_reply_stated_is_no_reply()
    {
        var first = First with { Stated = [new StatedEvent("autoReply", Letter.Time("10-17 09:21"), "minute")] };
        var judged = Town.Judged(Town.Exchanges(first, Payload).ShouldHaveSingleItem());
        judged.Messages[1].Role.ShouldBe(MessageRole.Other);
        judged.Messages[1].Automatic.ShouldBeTrue();
        judged.Evidence.ShouldNotContain(one => one.Code.StartsWith("latency", StringComparison.Ordinal));
    }

    [Fact]
    public void A_telephone_case_of_the_same_provision_belongs_to_the_exchange()
    {
        var line = new ManifestLine
        {
            Organization = "power-a",
            Provision = "P-1",
            StatedEvents = [new StatedEvent("phone", Letter.Time("10-17 09:40"), "minute", "電話で確認")],
        };
        Town.Line(Town.Exchanges(Town.Members, [First with { Provision = "P-1", Stated = [] }, Payload], line).ShouldHaveSingleItem())
            .ShouldBe("in [told] in");
    }

    [Fact]
    public void A_telephone_case_without_mail_is_an_exchange_of_its_own()
    {
        var line = new ManifestLine
        {
            Organization = "gas-b",
            Provision = "P-9",
            StatedEvents = [new StatedEvent("phone", Letter.Time("10-17 09:40"), "minute", "電話で確認")],
        };
        var drafts = Town.Exchanges(Town.Members, [First], line);
        drafts.Count.ShouldBe(2);
        var told = drafts.Single(draft => draft.Organization == "gas-b");
        Town.Line(told).ShouldBe("[told]");
        Town.Judged(told).Assessment.ShouldBe(Assessment.None);
    }
}
