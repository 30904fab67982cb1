using Noroshi.Hub.Intake;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Intake;

public sealed class IntakeFileTests
{
    [Fact]
    public void Members_need_an_id_and_nothing_else()
    {
        var members = Members.Read("""{"organizations":[{"id":"power-a"}]}""");
        members.Find("power-a").ShouldNotBeNull().Domains.ShouldBeEmpty();
        Estates.Of(members.Find("power-a")).Domains.ShouldBeEmpty();
        members.Schemes.ShouldBeEmpty();
        members.Find("power-b").ShouldBeNull();
        members.Find(null).ShouldBeNull();
    }

    [Fact]
    public void Members_of_the_contract_are_read_in_every_field()
    {
        var members = Members.Read(
            """
            {"hub":{"id":"hub","nameJa":"ハブ","mailHosts":["mx.hub.example"]},
             "groups":[{"id":"power","nameJa":"電力業界","nameEn":"Electric power"}],
             "schemes":[{"id":"s","relay":"power-a","members":["x"],"terms":"t"}],
             "organizations":[{"id":"power-a","group":"power","parent":null,"domains":["power-a.example"],"mailHosts":["mx.power-a.example"],
               "networks":["192.0.2.0/24"],"affiliates":[{"nameJa":"子会社","domains":["child.example"]}],"contractors":[{"domains":["soc.example"]}],
               "joinedOn":"2012-04-01","leftOn":null,"standingApproval":["early-warning"],"secrets":["計画X"],
               "windows":[{"id":"product-inquiry","address":"info@power-a.example","nameJa":"製品問い合わせ窓口"}]}],
             "later":"an extension"}
            """
        );
        var organization = members.Find("power-a").ShouldNotBeNull();
        organization.JoinedOn.ShouldBe(new DateOnly(2012, 4, 1));
        organization.Windows[0].Address.ShouldBe("info@power-a.example");
        Estates.Of(organization).Domains.ShouldBe(["power-a.example", "child.example", "soc.example"]);
        members.Schemes[0].Members.ShouldBe(["x"]);
    }

    [Theory]
    [InlineData("""{"organizations":[{"group":"power"}]}""", "id")]
    [InlineData("""{"organizations":[{"id":"a"},{"id":"a"}]}""", "twice")]
    [InlineData("""{"organizations":[{"id":"a","id":"b"}]}""", "id")]
    [InlineData("null", "null")]
    [InlineData("{", "")]
    public void A_members_file_that_cannot_be_used_says_where(string json, string says) =>
        Should.Throw<IntakeFileException>(() => Members.Read(json)).Message.ShouldContain(says);

    [Fact]
    public void A_manifest_line_needs_organisation_and_file()
    {
        var lines = Manifest.Read([
            """{"file":"a/1.eml","organization":"power-a"}""",
            "",
            """{"organization":"power-a","statedEvents":[{"kind":"phone","at":"2013-10-17T10:00:00+09:00","precision":"hour"}]}""",
        ]);
        lines.Count.ShouldBe(2);
        lines[0].File.ShouldBe("a/1.eml");
        lines[1].StatedEvents[0].Precision.ShouldBe("hour");
    }

    [Fact]
    public void A_manifest_keeps_the_offset_of_its_times_and_the_stated_direction()
    {
        var line = Manifest.Read([
            """{"file":"1.eml","organization":"a","direction":"outbound","receivedAt":"2013-10-17T09:02:00+09:00","destinations":[{"host":"c2.example","country":"JP","countryAsOf":"2013-10-20","hijacked":"suspected"}]}""",
        ])[0];
        line.Direction.ShouldBe(MailDirection.Outbound);
        line.ReceivedAt.ShouldNotBeNull().Offset.ShouldBe(TimeSpan.FromHours(9));
        line.Destinations[0].CountryAsOf.ShouldBe(new DateOnly(2013, 10, 20));
    }

    [Fact]
    public void Absent_and_null_lists_are_empty_ones()
    {
        var line = Manifest.Read(["""{"file":"1.eml","organization":"a","destinations":null}"""])[0];
        line.Destinations.ShouldBeEmpty();
        line.StatedEvents.ShouldBeEmpty();
        line.Number.ShouldBe(1);
        Members
            .Read("""{"organizations":[{"id":"a","domains":null,"affiliates":null}]}""")
            .Find("a")
            .ShouldNotBeNull()
            .Affiliates.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"file":"1.eml","organization":"a","receivedAt":"2013-10-17T09:02:00"}""")]
    [InlineData("""{"file":"1.eml"}""")]
    [InlineData("""{"organization":"a"}""")]
    [InlineData("""{"file":"1.eml","organization":"a","direction":"sideways"}""")]
    [InlineData("not json")]
    public void A_bad_manifest_line_is_named_by_its_number(string line) =>
        Should
            .Throw<IntakeFileException>(() => Manifest.Read(["""{"file":"0.eml","organization":"a"}""", line]))
            .Message.ShouldStartWith("line 2");
}
