using Noroshi.Hub.Intake;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Intake;

public sealed class MembershipTests
{
    private static readonly Members Community = Members.Read(
        """
        {"groups":[{"id":"power"},{"id":"gas"}],
         "organizations":[
          {"id":"old-a","group":"power","joinedOn":"2012-04-01","leftOn":"2013-09-30"},
          {"id":"new-a","group":"power","joinedOn":"2013-10-01","succeeds":["old-a"]},
          {"id":"child","group":"power","parent":"new-a","joinedOn":"2013-04-01"},
          {"id":"gas-b","group":"gas","joinedOn":"2012-04-01","leftOn":"2013-03-31"},
          {"id":"late","group":"power","joinedOn":"2014-04-01"},
          {"id":"a-child-of-the-round","parent":"round-2"},
          {"id":"round-1","parent":"round-2"},
          {"id":"round-2","parent":"round-1"}]}
        """
    );

    private static readonly Membership Membership = new(Community);

    [Fact]
    public void First_and_last_day_belong_to_the_membership()
    {
        Membership.IsMember("old-a", new DateOnly(2012, 3, 31)).ShouldBeFalse();
        Membership.IsMember("old-a", new DateOnly(2012, 4, 1)).ShouldBeTrue();
        Membership.IsMember("old-a", new DateOnly(2013, 9, 30)).ShouldBeTrue();
        Membership.IsMember("old-a", new DateOnly(2013, 10, 1)).ShouldBeFalse();
        Membership.IsMember("nobody", new DateOnly(2013, 10, 1)).ShouldBeFalse();
    }

    [Fact]
    public void Members_and_groups_are_those_of_the_day()
    {
        Membership
            .On(new DateOnly(2013, 3, 31))
            .Select(one => one.Id)
            .ShouldBe(["old-a", "gas-b", "a-child-of-the-round", "round-1", "round-2"]);
        Membership.GroupsOn(new DateOnly(2013, 3, 31)).Select(one => one.Id).ShouldBe(["power", "gas"]);
        Membership.GroupsOn(new DateOnly(2013, 4, 1)).Select(one => one.Id).ShouldBe(["power"]);
    }

    [Fact]
    public void A_successor_did_not_join_anew()
    {
        Membership.JoinedBetween(new DateOnly(2013, 4, 1), new DateOnly(2014, 3, 31)).Select(one => one.Id).ShouldBe(["child"]);
    }

    [Fact]
    public void A_group_company_and_a_merged_organisation_count_as_the_head()
    {
        Membership.CountsAs("child").ShouldBe("new-a");
        Membership.CountsAs("old-a").ShouldBe("new-a");
        Membership.CountsAs("gas-b").ShouldBe("gas-b");
        Membership.CountsAs("unknown").ShouldBe("unknown");
    }

    [Fact]
    public void A_circle_of_parents_counts_as_one()
    {
        Membership.CountsAs("round-1").ShouldBe(Membership.CountsAs("round-2"));
        Membership.CountsAs("a-child-of-the-round").ShouldBe(Membership.CountsAs("round-2"));
    }
}
