using System.Diagnostics;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Headers;

public sealed class ReceivedParserTests
{
    [Theory]
    // sendmail, Postfix
    [InlineData(
        "from relay (mail.sender.example [192.0.2.7]) by mx.own.example (8.14.4/8.14.4) with ESMTP id o91; Fri, 1 Oct 2010 19:15:24 +0900 (JST)",
        "mx.own.example",
        "relay",
        "mail.sender.example",
        "192.0.2.7",
        "ESMTP"
    )]
    [InlineData(
        "from pc (unknown [198.51.100.9]) by mx.own.example (Postfix) with ESMTPS id 5880E2966A for <a@own.example>; Tue, 17 Dec 2019 03:52:24 +0100 (CET)",
        "mx.own.example",
        "pc",
        null,
        "198.51.100.9",
        "ESMTPS"
    )]
    [InlineData(
        "from [10.2.22.222] (c1.kyoto.example [192.0.2.222]) (authenticated bits=0) by mx.own.example (V8/cf) with ESMTP id s639; Thu, 3 Jul 2014 18:48:22 +0900",
        "mx.own.example",
        "[10.2.22.222]",
        "c1.kyoto.example",
        "192.0.2.222",
        "ESMTP"
    )]
    [InlineData(
        "from a.example (a.example [IPv6:2001:db8::25]) (using TLSv1.2; cipher x (128/128 bits)) by mx.own.example (Postfix) with ESMTPS id 1; Tue, 17 Dec 2019 03:52:24 +0100",
        "mx.own.example",
        "a.example",
        "a.example",
        "2001:db8::25",
        "ESMTPS"
    )]
    [InlineData(
        "by mail.example (Postfix, from userid 8008) id 0DFECC50CFA0; Thu, 29 Apr 2010 23:34:45 +0900 (JST)",
        "mail.example",
        null,
        null,
        null,
        null
    )]
    [InlineData(
        "(from root@localhost) by web.example (8.15.2/8.15.2/Submit) id t3; Thu, 29 Apr 2015 20:00:00 +0900",
        "web.example",
        "localhost",
        null,
        null,
        null
    )]
    // Exim
    [InlineData(
        "from mail.sender.example ([192.0.2.23]:1111 helo=greeting.example) by mx.own.example with esmtps (TLSv1:AES) (Exim 4.80) id 1-2-3 for a@own.example; Thu, 29 Apr 2007 23:34:45 +0900",
        "mx.own.example",
        "greeting.example",
        "mail.sender.example",
        "192.0.2.23",
        "esmtps"
    )]
    [InlineData(
        "from [192.0.2.24] (helo=pc) by mx.own.example with esmtp (Exim 4.60) id eh; Thu, 29 Apr 2007 23:34:45 +0900",
        "mx.own.example",
        "pc",
        null,
        "192.0.2.24",
        "esmtp"
    )]
    [InlineData(
        "from mail.sender.example ([192.0.2.23]) by mx.own.example with esmtp (Exim 4.60) id eh; Thu, 29 Apr 2007 23:34:45 +0900",
        "mx.own.example",
        "mail.sender.example",
        "mail.sender.example",
        "192.0.2.23",
        "esmtp"
    )]
    [InlineData(
        "from apache by neko.example with local (Exim 4.60) (envelope-from <n@neko.example>) id 0E for k@own.example; Thu, 29 Apr 2007 23:34:45 +0900",
        "neko.example",
        "apache",
        null,
        null,
        "local"
    )]
    // qmail
    [InlineData(
        "from unknown (HELO greeting.example) (192.0.2.61) by 0 with SMTP; 15 Oct 2015 06:22:22 -0000",
        "0",
        "greeting.example",
        null,
        "192.0.2.61",
        "SMTP"
    )]
    [InlineData(
        "from r13.example (HELO rr41.example) (ident@192.0.2.4) by mx4s.example with SMTP; 24 Apr 2013 00:00:00 +0900",
        "mx4s.example",
        "rr41.example",
        "r13.example",
        "192.0.2.4",
        "SMTP"
    )]
    [InlineData("(qmail 10000 invoked by uid 999); 24 Apr 2013 00:00:00 +0900", null, null, null, null, "qmail invoked by uid 999")]
    // Exchange, Outlook
    [InlineData(
        "from TY1PR01MB1234.apcprd01.prod.outlook.com (2603:1096:400:12::9) by TY2PR01MB9999.apcprd01.prod.outlook.com (2603:1096:404:1::1) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20.1.2; Thu, 29 Apr 2021 23:34:45 +0000",
        "TY2PR01MB9999.apcprd01.prod.outlook.com",
        "TY1PR01MB1234.apcprd01.prod.outlook.com",
        null,
        "2603:1096:400:12::9",
        "Microsoft SMTP Server"
    )]
    [InlineData(
        "from S.KORP.PROD.OUTLOOK.COM ([fe80::10d2:b426:34cf:d5d0]) by S.KORP.PROD.OUTLOOK.COM ([fe80::10d2:b426:34cf:d5d0%14]) with mapi id 15.20.0797.011; Wed, 23 May 2018 08:16:15 +0000",
        "S.KORP.PROD.OUTLOOK.COM",
        "S.KORP.PROD.OUTLOOK.COM",
        null,
        "fe80::10d2:b426:34cf:d5d0",
        "mapi"
    )]
    [InlineData(
        "from PC ([192.0.2.1]) by mx.own.example with Microsoft SMTPSVC(5.0.2195.6713); Thu, 29 Apr 2004 23:34:45 +0900",
        "mx.own.example",
        "PC",
        null,
        "192.0.2.1",
        "Microsoft SMTPSVC"
    )]
    // Google, Yahoo
    [InlineData(
        "by 10.194.5.104 with SMTP id r8csp38443wjr; Wed, 6 Aug 2014 01:51:12 -0700 (PDT)",
        "10.194.5.104",
        null,
        null,
        null,
        "SMTP"
    )]
    [InlineData(
        "by 2002:a05:6830:1c3:0:0:0:0 with SMTP id r3csp1; Wed, 6 Aug 2014 01:51:12 -0700 (PDT)",
        "2002:a05:6830:1c3:0:0:0:0",
        null,
        null,
        null,
        "SMTP"
    )]
    [InlineData(
        "from nijo.example (nijo.example. [192.0.2.222]) by mx.google.com with ESMTPS id u23 for <s@gmail.example> (version=TLS1_2 cipher=X bits=128/128); Tue, 31 Oct 2017 00:46:19 -0700 (PDT)",
        "mx.google.com",
        "nijo.example",
        "nijo.example",
        "192.0.2.222",
        "ESMTPS"
    )]
    [InlineData(
        "from 127.0.0.1  (EHLO mail.sender.example) (192.0.2.30) by mta1.mail.yahoo.co.jp with SMTP; Thu, 09 Apr 2008 23:34:45 -0800",
        "mta1.mail.yahoo.co.jp",
        "mail.sender.example",
        null,
        "192.0.2.30",
        "SMTP"
    )]
    [InlineData(
        "from [192.0.2.5] by web100.mail.kks.yahoo.co.jp via HTTP; Thu, 17 Oct 2013 10:00:00 JST",
        "web100.mail.kks.yahoo.co.jp",
        "[192.0.2.5]",
        null,
        "192.0.2.5",
        "HTTP"
    )]
    // CommuniGate, MDaemon, Domino, IBM, SES, IMail, fetchmail, OpenSMTPD
    [InlineData(
        "from [192.0.2.8] (account taro@own.example [192.0.2.8] verified) by mail.own.example (CommuniGate Pro SMTP 5.4.4) with ESMTPA id 12; Thu, 29 Apr 2010 23:34:45 +0900",
        "mail.own.example",
        "[192.0.2.8]",
        null,
        "192.0.2.8",
        "ESMTPA"
    )]
    [InlineData(
        "from mail.sender.example ([192.0.2.31]) by own.example (MDaemon PRO v9.6.6) with ESMTP id md5000001.msg for <a@own.example>; Thu, 29 Apr 2010 23:34:45 +0900",
        "own.example",
        "mail.sender.example",
        null,
        "192.0.2.31",
        "ESMTP"
    )]
    [InlineData(
        "from smtp.example ([192.0.2.89]) by n.example (Lotus Domino Release 8.5.3) with ESMTP id 2013101709020345-12345 ; Thu, 29 Apr 2009 12:34:29 +0900",
        "n.example",
        "smtp.example",
        null,
        "192.0.2.89",
        "ESMTP"
    )]
    [InlineData(
        "from /spool/local by e1.ibm.example with IBM ESMTP SMTP Gateway: Authorized Use Only! Violators will be prosecuted for <a@own.example> from <b@sender.example>; Thu, 29 Apr 2010 23:34:45 +0900",
        "e1.ibm.example",
        "/spool/local",
        null,
        null,
        "IBM ESMTP SMTP Gateway: Authorized Use Only! Violators will be prosecuted"
    )]
    [InlineData(
        "from a27-7.smtp-out.us-west-2.amazonses.com (a27-7.smtp-out.us-west-2.amazonses.com [54.240.27.7]) by mx.own.example (V8/cf) with ESMTP id t9; Thu, 1 Oct 2015 22:48:59 +0900",
        "mx.own.example",
        "a27-7.smtp-out.us-west-2.amazonses.com",
        "a27-7.smtp-out.us-west-2.amazonses.com",
        "54.240.27.7",
        "ESMTP"
    )]
    [InlineData(
        "from mf1.example [192.0.2.4] by mx90.example (SMTPD-10.00) id 1; Thu, 29 Apr 2011 23:34:45 +0900",
        "mx90.example",
        "mf1.example",
        null,
        "192.0.2.4",
        null
    )]
    [InlineData(
        "from localhost (localhost [127.0.0.1]);  by mx.example (OpenSMTPD) with ESMTPA id b9;  for <s@own.example>;  Fri, 24 Oct 2014 12:30:45 +0000 (UTC)",
        "mx.example",
        "localhost",
        "localhost",
        "127.0.0.1",
        "ESMTPA"
    )]
    [InlineData(
        "from ezweb.ne.jp (wmflb12na02.ezweb.ne.jp [222.15.69.197]) by lsean.ezweb.ne.jp (EZweb Mail) with SMTP id 12 for <x@ezweb.ne.jp>; Sun,  7 Sep 2008 21:40:11 +0900 (JST)",
        "lsean.ezweb.ne.jp",
        "ezweb.ne.jp",
        "wmflb12na02.ezweb.ne.jp",
        "222.15.69.197",
        "SMTP"
    )]
    [InlineData(
        "from (unknown [192.0.2.4]) by mpps.example with smtp id ffff_0000; Thu, 15 Oct 2015 15:22:22 +0900",
        "mpps.example",
        null,
        null,
        "192.0.2.4",
        "smtp"
    )]
    public void Received_header_of_every_common_server_is_read(
        string value,
        string? by,
        string? helo,
        string? from,
        string? ip,
        string? with
    )
    {
        List<Finding> findings = [];
        var hop = ReceivedParser.Parse(HeaderTexts.Block(("Received", value)), findings).ShouldHaveSingleItem();
        hop.By.ShouldBe(by);
        hop.Helo.ShouldBe(helo);
        hop.From.ShouldBe(from);
        hop.Ip.ShouldBe(ip);
        hop.With.ShouldBe(with);
        hop.At.ShouldNotBeNull();
        findings.ShouldBeEmpty();
    }

    [Fact]
    public void Delay_is_the_time_since_the_next_older_hop()
    {
        List<Finding> findings = [];
        var hops = ReceivedParser.Parse(
            HeaderTexts.Block(
                ("Received", "from b by c; Thu, 17 Oct 2013 09:02:30 +0900"),
                ("X-Received", "by 10.0.0.1; Thu, 17 Oct 2013 09:02:20 +0900"),
                ("Received", "from a by b; Thu, 17 Oct 2013 00:02:00 +0000")
            ),
            findings
        );
        hops.Count.ShouldBe(2);
        hops[0].DelaySeconds.ShouldBe(30);
        hops[1].DelaySeconds.ShouldBeNull();
        findings.ShouldBeEmpty();
    }

    [Fact]
    public void Times_that_run_backwards_are_suspicious()
    {
        List<Finding> findings = [];
        var hops = ReceivedParser.Parse(
            HeaderTexts.Block(
                ("Received", "from b by c; Thu, 17 Oct 2013 09:02:30 +0900"),
                ("Received", "from a by b; Thu, 17 Oct 2013 12:02:00 +0900")
            ),
            findings
        );
        hops[0].DelaySeconds.ShouldBe(-10_770);
        findings.ShouldHaveSingleItem().Code.ShouldBe("received.time-order");
    }

    [Theory]
    [InlineData("total nonsense", "received.unreadable")]
    [InlineData("", "received.unreadable")]
    [InlineData("from a by b with SMTP", "received.no-time")]
    [InlineData("from a by b; Thu, 17 Oct 2013 09:02:30", "received.no-zone")]
    public void What_is_wrong_with_a_header_is_said(string value, string code)
    {
        List<Finding> findings = [];
        ReceivedParser.Parse(HeaderTexts.Block(("Received", value)), findings);
        findings.ShouldHaveSingleItem().Code.ShouldBe(code);
    }

    [Fact]
    public void Time_is_found_without_a_semicolon_and_with_words_behind_it()
    {
        ReceivedParser
            .One("from a by b with SMTP id 17 Thu, 17 Oct 2013 09:02:30 +0900", out _)
            .At.ShouldBe(new DateTimeOffset(2013, 10, 17, 9, 2, 30, TimeSpan.FromHours(9)));
        ReceivedParser
            .One("by m.example id h for <a@b.example>; Fri, 21 Nov 2014 22:15:38 +0000 (envelope-from <P@x.example>)", out _)
            .At.ShouldBe(new DateTimeOffset(2014, 11, 21, 22, 15, 38, TimeSpan.Zero));
    }

    [Theory]
    [InlineData('(')]
    [InlineData(')')]
    [InlineData('"')]
    [InlineData(';')]
    [InlineData('[')]
    public void A_comment_of_two_hundred_thousand_signs_takes_no_time(char sign)
    {
        var watch = Stopwatch.StartNew();
        var hop = ReceivedParser.One("from a (" + new string(sign, 200_000) + ") by b; Thu, 17 Oct 2013 09:02:30 +0900", out _);
        ReceivedParser.One(
            "from a " + string.Concat(Enumerable.Repeat("( ", 100_000)) + string.Concat(Enumerable.Repeat(") ( ", 50_000)),
            out _
        );
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        hop.Helo.ShouldBe("a");
    }

    [Fact]
    public void Only_the_newest_of_very_many_headers_are_read()
    {
        List<Finding> findings = [];
        var fields = Enumerable.Repeat(("Received", "from a by b; Thu, 17 Oct 2013 09:02:30 +0900"), 5_000).ToArray();
        ReceivedParser.Parse(HeaderTexts.Block(fields), findings).Count.ShouldBe(ReceivedParser.MaxHops);
        findings.ShouldContain(finding => finding.Code == "received.too-many");
    }

    [Fact]
    public void Octets_with_leading_zeros_are_decimal_and_wrong_addresses_are_none()
    {
        IpText.Read("[010.001.000.009]").ShouldBe("10.1.0.9");
        IpText.Read("192.0.2.10.105").ShouldBeNull();
        IpText.Read("256.1.1.1").ShouldBeNull();
        IpText.Read("17").ShouldBeNull();
        IpText.Read("::ffff:192.0.2.1").ShouldBe("192.0.2.1");
    }

    [Fact]
    public void Nearly_all_received_lines_of_real_mail_are_read_whole()
    {
        var (lines, whole) = (0, 0);
        foreach (var file in Directory.EnumerateFiles(Corpora.Folder("mails-ja"), "*.eml", SearchOption.AllDirectories))
        {
            foreach (var field in HeaderTexts.Read(File.ReadAllBytes(file)).All("Received"))
            {
                var hop = ReceivedParser.One(field.Value, out var code);
                var peer =
                    !field.Value.StartsWith("from", StringComparison.OrdinalIgnoreCase) || hop.Helo is not null || hop.Ip is not null;
                lines++;
                whole += code is null && peer && (hop.By is not null || hop.With is not null) ? 1 : 0;
            }
        }

        lines.ShouldBeGreaterThan(400);
        ((double)whole / lines).ShouldBeGreaterThan(0.98, $"{whole} of {lines}");
        TestContext.Current.SendDiagnosticMessage($"Received lines read whole: {whole} of {lines}");
    }
}
