using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Headers;

public sealed class OriginFinderTests
{
    private static readonly OwnEstate Estate = new(
        ["mx.own.example", ".relay.example"],
        ["203.0.113.0/24", "not a network"],
        ["own.example"]
    );

    [Fact]
    public void Origin_is_the_peer_of_the_last_own_hop_and_all_below_is_untrusted()
    {
        var (hops, origin) = Find(
            Estate,
            "from mx.own.example (mx.own.example [203.0.113.5]) by mbox.own.example (Postfix) with ESMTP id 1; Thu, 17 Oct 2013 09:02:30 +0900",
            "from greeting.evil.example (unknown [198.51.100.66]) by mx.own.example (Postfix) with ESMTP id 2; Thu, 17 Oct 2013 09:02:29 +0900",
            "from bank.example (bank.example [192.0.2.1]) by greeting.evil.example (Postfix) with ESMTP id 3; Thu, 17 Oct 2013 09:02:20 +0900"
        );
        origin.ShouldBe(new Origin("198.51.100.66", "greeting.evil.example", 1, Certain: true));
        hops.Select(hop => hop.Trusted).ShouldBe([true, true, false]);
    }

    [Fact]
    public void Forged_headers_of_own_hosts_below_the_border_change_nothing_and_are_noted()
    {
        List<Finding> findings = [];
        var (hops, origin) = Find(
            Estate,
            findings,
            "from mx.own.example (unknown [198.51.100.66]) by mx.own.example (Postfix) with ESMTP id 2; Thu, 17 Oct 2013 09:02:29 +0900",
            "from mx.own.example (mx.own.example [203.0.113.5]) by mbox.own.example (Postfix) with ESMTP id 1; Thu, 17 Oct 2013 09:02:20 +0900",
            "from partner.example (partner.example [192.0.2.9]) by mx.own.example (Postfix) with ESMTP id 2; Thu, 17 Oct 2013 09:02:19 +0900"
        );
        origin.ShouldNotBeNull().Ip.ShouldBe("198.51.100.66");
        hops.Select(hop => hop.Trusted).ShouldBe([true, false, false]);
        findings.Select(finding => finding.Code).ShouldBe(["received.own-name-from-outside", "received.own-host-below-outside"]);
    }

    [Fact]
    public void A_greeting_in_the_name_of_an_own_host_is_not_believed_where_the_address_is_known()
    {
        var (_, origin) = Find(
            Estate,
            "from gw.relay.example ([198.51.100.77]) by mx.own.example with ESMTP; Thu, 17 Oct 2013 09:02:29 +0900",
            "from partner.example ([192.0.2.9]) by gw.relay.example with ESMTP; Thu, 17 Oct 2013 09:02:19 +0900"
        );
        origin.ShouldNotBeNull().Ip.ShouldBe("198.51.100.77");
    }

    [Fact]
    public void A_reverse_name_that_may_be_forged_is_not_believed()
    {
        var (_, origin) = Find(
            Estate,
            "from x (gw.relay.example [198.51.100.77] (may be forged)) by mx.own.example with ESMTP; Thu, 17 Oct 2013 09:02:29 +0900",
            "from partner.example ([192.0.2.9]) by gw.relay.example with ESMTP; Thu, 17 Oct 2013 09:02:19 +0900"
        );
        origin.ShouldNotBeNull().Ip.ShouldBe("198.51.100.77");
    }

    [Fact]
    public void Contracted_relay_known_by_its_confirmed_name_is_walked_through()
    {
        var (hops, origin) = Find(
            Estate,
            "from gw1.relay.example (gw1.relay.example [198.51.100.8]) by mx.own.example (Postfix) with ESMTP id 2; Thu, 17 Oct 2013 09:02:29 +0900",
            "from pc (host.isp.example [192.0.2.99]) by gw1.relay.example (Postfix) with ESMTP id 3; Thu, 17 Oct 2013 09:02:20 +0900"
        );
        origin.ShouldBe(new Origin("192.0.2.99", "host.isp.example", 1, Certain: true));
        hops.ShouldAllBe(hop => hop.Trusted);
    }

    [Fact]
    public void Qmail_and_inner_scanners_of_the_own_house_are_walked_through()
    {
        var (_, origin) = Find(
            Estate,
            "(qmail 2222 invoked from network); 15 Oct 2015 06:22:22 -0000",
            "from unknown (HELO scan) (10.0.0.7) by mx.own.example with SMTP; 15 Oct 2015 06:22:22 -0000",
            "from 127.0.0.1 (127.0.0.1) by m-FILTER with ESMTP; Thu, 15 Oct 2015 15:22:21 +0900",
            "from unknown (HELO host.sender.example) (192.0.2.62) by gw.own.example with SMTP; 15 Oct 2015 15:22:20 +0900"
        );
        origin.ShouldBe(new Origin("192.0.2.62", "host.sender.example", 3, Certain: true));
    }

    [Fact]
    public void Mail_from_inside_has_no_origin()
    {
        var (hops, origin) = Find(
            Estate,
            "from pc (pc.own.example [10.1.2.3]) by mx.own.example (Postfix) with ESMTP id 2; Thu, 17 Oct 2013 09:02:29 +0900"
        );
        origin.ShouldBeNull();
        hops.ShouldHaveSingleItem().Trusted.ShouldBeTrue();
    }

    [Fact]
    public void Domain_that_only_ends_alike_is_not_own()
    {
        var ground = new EstateGround(Estate);
        ground.IsOwnName("mx.notown.example").ShouldBeFalse();
        ground.IsOwnName("evilown.example").ShouldBeFalse();
        ground.IsOwnName("MX.OWN.example.").ShouldBeTrue();
        ground.IsOwnName("203.0.113.77").ShouldBeTrue();
    }

    [Fact]
    public void Without_an_estate_the_newest_public_peer_is_taken_as_uncertain()
    {
        var (hops, origin) = Find(
            OwnEstate.Unknown,
            "by 2002:a05:6830:1c3:0:0:0:0 with SMTP id r3; Wed, 6 Aug 2014 01:51:12 -0700 (PDT)",
            "from localhost (localhost [127.0.0.1]) by mx.own.example (Postfix) with ESMTP id 1; Thu, 17 Oct 2013 09:02:30 +0900",
            "from a.example (a.example [198.51.100.1]) by mx.own.example (Postfix) with ESMTP id 1; Thu, 17 Oct 2013 09:02:30 +0900"
        );
        origin.ShouldBe(new Origin("198.51.100.1", "a.example", 2, Certain: false));
        hops.ShouldAllBe(hop => !hop.Trusted);
    }

    [Fact]
    public void Exchange_online_hosts_of_the_own_estate_are_walked_through_by_their_addresses()
    {
        var (_, origin) = Find(
            new OwnEstate([".outlook.com"], [], []),
            "from B.jpnprd01.prod.outlook.com (2603:1096:400:12::9) by A.jpnprd01.prod.outlook.com (2603:1096:404:1::1) with Microsoft SMTP Server id 15.20.1.2; Thu, 29 Apr 2021 23:34:46 +0000",
            "from mail.sender.example (192.0.2.44) by B.jpnprd01.prod.outlook.com (10.1.1.1) with Microsoft SMTP Server id 15.20.1.2 via Frontend Transport; Thu, 29 Apr 2021 23:34:45 +0000"
        );
        origin.ShouldBe(new Origin("192.0.2.44", "mail.sender.example", 1, Certain: true));
    }

    private static (IReadOnlyList<Hop> Hops, Origin? Origin) Find(OwnEstate estate, params string[] received) => Find(estate, [], received);

    private static (IReadOnlyList<Hop> Hops, Origin? Origin) Find(OwnEstate estate, List<Finding> findings, params string[] received) =>
        OriginFinder.Find(ReceivedParser.Parse(HeaderTexts.Block([.. received.Select(line => ("Received", line))]), []), estate, findings);
}
