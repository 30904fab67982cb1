using Noroshi.Hub.Intake.Given;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Text;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Intake;

public sealed class InlineForwardTests
{
    private static readonly Sides Sides = new(new OwnEstate([], [], ["power-a.example"]), new OwnEstate([], [], ["hub.example"]));

    public static TheoryData<ForwardFixture> Fixtures => [.. ForwardFixtures.All];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void The_mail_inside_has_the_facts_that_the_banner_names(ForwardFixture fixture)
    {
        var (facts, direction) = InlineForwards.Of(Carrier(fixture.Body), Sides).ShouldNotBeNull();
        direction.ShouldBe(Noroshi.Hub.Intake.MailDirection.Inbound);
        facts.From?.Address.ShouldBe(fixture.Japanese ? "taro.yamada@free.example" : "john.smith@free.example");
        facts.From?.Name.ShouldBe(fixture.Japanese ? "山田 太郎" : "John Smith");
        facts.SentAt.ShouldBe(new DateTimeOffset(2013, 10, 17, 9, 2, 0, TimeSpan.FromHours(9)));
        facts.Body.Text.ShouldBe(fixture.Japanese ? ForwardFixtures.TextJa : ForwardFixtures.TextEn);
        if (!fixture.Program.StartsWith("hand", StringComparison.Ordinal))
        {
            facts.Subject.ShouldBe(fixture.Japanese ? "製品についてのお問い合わせ" : "Question about a product");
        }

        facts.Findings.ShouldHaveSingleItem().Code.ShouldBe("intake.inline-forward");
    }

    private static MailFacts Carrier(string body, string subject = "FW: 不審なメール") =>
        new()
        {
            Sha256 = "00",
            Size = 1,
            From = new MailAddress("受付", "clerk@power-a.example"),
            To = [new MailAddress("", "token@hub.example")],
            Subject = subject,
            SentAt = new DateTimeOffset(2013, 10, 17, 10, 0, 0, TimeSpan.FromHours(9)),
            Body = BodyAnalyzer.Analyse(body, "plain", "utf-8"),
        };
}
