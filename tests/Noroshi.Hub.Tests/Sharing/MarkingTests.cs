using Noroshi.Hub.Sharing;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Sharing;

/// <summary>Audiences and markings.</summary>
public sealed class MarkingTests
{
    [Fact]
    public void An_audience_covers_itself_and_those_within_it()
    {
        Audience[] ordered =
        [
            new() { Reach = AudienceReach.OwnGroup, Groups = ["power"] },
            new() { Reach = AudienceReach.Groups, Groups = ["power", "gas"] },
            new() { Reach = AudienceReach.AllGroups },
            new() { Reach = AudienceReach.Schemes, Schemes = ["police"] },
            new()
            {
                Reach = AudienceReach.Outside,
                Schemes = ["police"],
                Bodies = ["cert"],
            },
            new() { Reach = AudienceReach.Public },
        ];
        for (var wide = 0; wide < ordered.Length; wide++)
        {
            ordered[wide].Problem.ShouldBeNull();
            for (var narrow = 0; narrow < ordered.Length; narrow++)
            {
                ordered[wide].Covers(ordered[narrow]).ShouldBe(narrow <= wide, $"{ordered[wide].Reach} {ordered[narrow].Reach}");
            }
        }

        var gas = new Audience { Reach = AudienceReach.OwnGroup, Groups = ["gas"] };
        ordered[0].Covers(gas).ShouldBeFalse();
        new Audience { Reach = AudienceReach.Schemes, Schemes = ["other"] }
            .Covers(ordered[3])
            .ShouldBeFalse();
    }

    [Fact]
    public void The_order_in_which_groups_were_chosen_does_not_matter_and_ids_cannot_pretend()
    {
        new Audience { Reach = AudienceReach.Groups, Groups = ["b", "a", "a"] }.ShouldBe(
            new Audience { Reach = AudienceReach.Groups, Groups = ["a", "b"] }
        );
        new Audience { Reach = AudienceReach.Groups, Groups = ["a,b"] }.ShouldNotBe(
            new Audience { Reach = AudienceReach.Groups, Groups = ["a", "b"] }
        );
    }

    [Fact]
    public void A_tlp_caps_the_audience()
    {
        Problem(Tlp.Red, AudienceReach.AllGroups).ShouldNotBeNull();
        Problem(Tlp.Red, AudienceReach.OwnGroup).ShouldBeNull();
        Problem(Tlp.Amber, AudienceReach.Public).ShouldNotBeNull();
        Problem(Tlp.Green, AudienceReach.Public).ShouldNotBeNull();
        Problem(Tlp.Clear, AudienceReach.Public).ShouldBeNull();
    }

    [Fact]
    public void Strict_markings_stay_in_the_organisation() =>
        Marking(Tlp.AmberStrict, new Redistribution(true, false))
            .ProblemFor(new Audience { Reach = AudienceReach.OwnGroup, Groups = ["power"] })
            .ShouldNotBeNull();

    private static string? Problem(Tlp tlp, AudienceReach reach) =>
        Marking(tlp, Redistribution.OwnOrganizationOnly).ProblemFor(new Audience { Reach = reach });

    private static Marking Marking(Tlp tlp, Redistribution redistribution) =>
        new()
        {
            Tlp = tlp,
            Pap = Pap.Amber,
            Redistribution = redistribution,
            ExpiresAt = new DateTimeOffset(2014, 4, 1, 0, 0, 0, TimeSpan.FromHours(9)),
        };
}
