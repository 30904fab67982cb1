using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Intake;

public sealed class DirectionTests
{
    private static readonly OwnEstate Own = new([], [], ["power-a.example"]);

    [Fact]
    public void Nothing_is_said_about_an_unknown_organisation() =>
        Estates.DirectionOf(Mail("a@outside.example", "info@power-a.example"), OwnEstate.Unknown).ShouldBeNull();

    [Fact]
    public void A_mail_from_outside_is_inbound() =>
        Estates.DirectionOf(Mail("a@outside.example", "info@power-a.example"), Own).ShouldBe(MailDirection.Inbound);

    [Fact]
    public void The_windows_answer_is_outbound() =>
        Estates.DirectionOf(Mail("info@power-a.example", "a@outside.example"), Own).ShouldBe(MailDirection.Outbound);

    [Fact]
    public void A_mail_among_own_people_is_internal_also_from_a_subdomain() =>
        Estates.DirectionOf(Mail("info@desk.power-a.example", "staff@power-a.example"), Own).ShouldBe(MailDirection.Internal);

    [Fact]
    public void A_domain_that_only_ends_alike_is_not_own() =>
        Estates.DirectionOf(Mail("a@notpower-a.example", "info@power-a.example"), Own).ShouldBe(MailDirection.Inbound);

    [Fact]
    public void A_forged_own_sender_handed_in_from_outside_is_inbound()
    {
        var forged = Mail("president@power-a.example", "info@power-a.example") with
        {
            Origin = new Origin("203.0.113.9", "evil.example", 0, Certain: true),
        };
        Estates.DirectionOf(forged, Own).ShouldBe(MailDirection.Inbound);
    }

    private static MailFacts Mail(string from, string to) =>
        new()
        {
            Sha256 = "",
            Size = 0,
            From = new MailAddress("", from),
            To = [new MailAddress("", to)],
        };
}
