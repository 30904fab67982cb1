using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations;

public sealed class DirectionCaseTests
{
    private static readonly Letter First = new() { Received = Letter.FromOutside };

    [Fact]
    public void A_form_notice_is_inbound_with_the_person_from_the_body()
    {
        var notice = new Letter
        {
            From = "webform@power-a.example",
            Subject = "【お問い合わせフォーム】お問い合わせがありました",
            Text =
                "以下の内容でお問い合わせがありました。\n\nお名前: 木村 健一\nメールアドレス: kimura.lab@webmail.example\n件名: 製品について\nお問い合わせ内容: 貴社製品の仕様についてお尋ねします。\n",
            Headers = [("Auto-Submitted", "auto-generated")],
        };
        var answer = new Letter
        {
            From = Letter.Info,
            To = Letter.Person,
            At = "10-17 10:00",
            Subject = "製品について",
            Text = "仕様書をご覧ください。",
        };
        var draft = Town.Exchanges(notice, answer).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in out");
        draft.Personas.ShouldBe([Letter.Person]);
        draft.Entries[0].FromOutsider.ShouldBeTrue();
        Town.Judged(draft).Personas.ShouldBe([Letter.Person, "木村 健一"]);
    }

    [Fact]
    public void A_reply_that_quotes_a_form_notice_gives_no_ghost_of_it()
    {
        var notice = new Letter
        {
            From = "webform@power-a.example",
            Id = "form-1@power-a.example",
            Subject = "お問い合わせフォーム",
            Text =
                "以下の内容でお問い合わせがありました。\n\nお名前: 木村 健一\nメールアドレス: kimura.lab@webmail.example\nお問い合わせ内容: 貴社製品の保証期間についてお尋ねします。海外での使用を考えています。\n",
        };
        var answer = new Letter
        {
            From = Letter.Info,
            To = Letter.Person,
            At = "10-17 10:00",
            Subject = "Re: お問い合わせフォーム",
            InReplyTo = "form-1@power-a.example",
            Text =
                "保証期間は2年です。\n\n2013年10月17日 9:00 <webform@power-a.example>:\n> お問い合わせ内容: 貴社製品の保証期間についてお尋ねします。海外での使用を考えています。\n",
        };
        Town.Line(Town.Exchanges(notice, answer).ShouldHaveSingleItem()).ShouldBe("in out");
    }

    [Theory]
    [InlineData("受付番号のお知らせ", "このメールは自動返信です。受付番号は 0042 です。", "")]
    [InlineData("Out of office: 製品について", "I am out of the office until Monday.", "auto-replied")]
    public void A_receipt_or_an_absence_notice_is_shown_but_no_reply_and_no_start_of_a_latency(
        string subject,
        string text,
        string submitted
    )
    {
        var receipt = new Letter
        {
            From = Letter.Info,
            To = Letter.Person,
            At = "10-17 09:01",
            Subject = subject,
            Text = text,
            InReplyTo = "10-17.0900.kimura.lab@webmail.example",
            Headers = submitted.Length > 0 ? [("Auto-Submitted", submitted)] : [("Precedence", "auto_reply")],
        };
        var next = new Letter { At = "10-17 09:05", Text = "追伸です。" };
        var draft = Town.Exchanges(First, receipt, next).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in out* in");
        var judged = Town.Judged(draft);
        judged.Messages[1].Automatic.ShouldBeTrue();
        judged.Messages[1].Role.ShouldBe(MessageRole.Other);
        judged.Stage.ShouldBe(ConversationStage.Reconnaissance);
        ConversationBuilder.Times(draft, Town.Assessed(draft), null, Town.Members).LatencyMinutes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("desk@callcentre.example")]
    [InlineData("support@power-a-service.example")]
    public void A_contractor_or_an_affiliate_answers_for_the_organisation(string from)
    {
        var answer = new Letter
        {
            From = from,
            To = Letter.Person,
            At = "10-17 10:00",
            Text = "お答えします。",
            InReplyTo = "10-17.0900.kimura.lab@webmail.example",
            Headers = [("Cc", Letter.Info)],
            Received =
                $"from out.{from.Split('@')[1]} (out.{from.Split('@')[1]} [203.0.113.40]) by mx.power-a.example (Postfix) with ESMTP id 9",
        };
        Town.Line(Town.Exchanges(First, answer).ShouldHaveSingleItem()).ShouldBe("in out");
    }

    [Fact]
    public void A_forged_own_sender_from_outside_is_an_outsider()
    {
        var forged = new Letter
        {
            From = "president@power-a.example",
            Received =
                "from evil.example (evil.example [203.0.113.9]) by mx.power-a.example (Postfix) with ESMTP id 7 for <info@power-a.example>",
            Text = "至急、添付をご確認ください。",
        };
        var draft = Town.Exchanges(forged).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in");
        draft.Personas.ShouldBe(["president@power-a.example"]);
    }

    [Fact]
    public void A_signature_that_the_own_server_found_good_makes_a_service_own()
    {
        var sent = new Letter
        {
            From = Letter.Info,
            To = Letter.Person,
            At = "10-17 10:00",
            Text = "お答えします。",
            InReplyTo = "10-17.0900.kimura.lab@webmail.example",
            Received = "from out.cloud.example (out.cloud.example [203.0.113.77]) by mx.power-a.example (Postfix) with ESMTP id 9",
            Headers = [("Authentication-Results", "mx.power-a.example; dkim=pass header.d=power-a.example")],
        };
        Town.Line(Town.Exchanges(First, sent).ShouldHaveSingleItem()).ShouldBe("in out");
    }

    [Fact]
    public void An_internal_forward_is_no_second_message_of_the_outsider_and_a_second_person_may_answer()
    {
        var forward = new Letter
        {
            From = Letter.Info,
            To = Letter.Staff,
            At = "10-17 09:20",
            Subject = "Fw: 製品についてのお問い合わせ",
            Text =
                "佐藤さん、対応をお願いします。\n\n-----Original Message-----\nFrom: kimura.lab@webmail.example\nSent: Thursday, October 17, 2013 9:00 AM\nTo: info@power-a.example\nSubject: 製品についてのお問い合わせ\n\n貴社製品の仕様についてお尋ねしたいことがあり、ご連絡しました。\n",
        };
        var answer = new Letter
        {
            From = Letter.Staff,
            To = Letter.Person,
            At = "10-17 10:00",
            Window = "sales",
            Text = "佐藤がお答えします。",
        };
        var draft = Town.Exchanges(First, forward, answer).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in own out");
        var judged = Town.Judged(draft);
        judged.Windows.ShouldBe(["products", "sales"]);
        judged.Messages[1].Role.ShouldBe(MessageRole.Other);
    }

    [Fact]
    public void An_internal_forward_alone_shows_the_outsiders_mail_in_its_quote()
    {
        var forward = new Letter
        {
            From = Letter.Info,
            To = Letter.Staff,
            At = "10-17 09:20",
            Subject = "Fw: 製品についてのお問い合わせ",
            Text =
                "佐藤さん、対応をお願いします。\n\n-----Original Message-----\nFrom: kimura.lab@webmail.example\nSent: Thursday, October 17, 2013 9:00 AM\nTo: info@power-a.example\nSubject: 製品についてのお問い合わせ\n\n貴社製品の仕様についてお尋ねしたいことがあり、ご連絡しました。\n",
        };
        var draft = Town.Exchanges(forward).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("(in) own");
        draft.Personas.ShouldBe([Letter.Person]);
    }

    [Fact]
    public void A_mail_that_is_only_passed_on_to_the_hub_is_no_answer_to_anybody()
    {
        var toHub = new Letter
        {
            From = Letter.Staff,
            To = "report@hub.example",
            At = "10-17 09:20",
            Subject = "Fw: 製品についてのお問い合わせ",
            Text =
                "不審なメールを転送します。\n\n-----Original Message-----\nFrom: kimura.lab@webmail.example\nSent: Thursday, October 17, 2013 9:00 AM\nTo: info@power-a.example\nSubject: 製品についてのお問い合わせ\n\n貴社製品の仕様についてお尋ねしたいことがあり、ご連絡しました。\n",
            Files = [("資料.exe", ProgramMaker.Pe())],
        };
        var draft = Town.Exchanges(toHub).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("(in) own");
        var judged = Town.Judged(draft);

        // What is attached to the forward came from the outsider.
        judged.Messages[0].Role.ShouldBe(MessageRole.Attack);
        judged.Messages[0].SummaryJa.ShouldContain("実行形式ファイル");
        judged.Messages[1].Role.ShouldBe(MessageRole.Other);
    }

    [Fact]
    public void A_mail_servers_report_belongs_to_the_exchange_of_the_mail_it_reports_on()
    {
        var answer = new Letter
        {
            From = Letter.Info,
            To = Letter.Person,
            At = "10-17 10:00",
            Id = "answer@power-a.example",
            Text = "お答えします。",
        };
        var report = new Letter
        {
            From = "MAILER-DAEMON@webmail.example",
            At = "10-17 10:01",
            Subject = "Undelivered Mail Returned to Sender",
            Text = "The mail system could not deliver your message.",
            InReplyTo = "answer@power-a.example",
        };
        var draft = Town.Exchanges(First, answer, report).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in out in*");
        draft.Personas.ShouldBe([Letter.Person]);
        Town.Judged(draft).Messages[2].Role.ShouldBe(MessageRole.Other);
    }

    [Fact]
    public void What_the_organisation_writes_of_its_own_accord_is_no_reply()
    {
        var offer = new Letter
        {
            From = Letter.Info,
            To = Letter.Person,
            At = "10-17 08:00",
            Subject = "セミナーのご案内",
            Text = "セミナーを開きます。",
        };
        var draft = Town.Exchanges(offer, new Letter { Subject = "Re: セミナーのご案内", Files = [("申込.exe", ProgramMaker.Pe())] })
            .ShouldHaveSingleItem();
        Town.Judged(draft).Messages.Select(one => one.Role).ShouldBe([MessageRole.Other, MessageRole.Attack]);
    }

    [Fact]
    public void A_list_that_rewrites_the_sender_shows_the_real_person()
    {
        var listed = new Letter
        {
            From = "inquiry@power-a.example",
            FromName = "Kimura Kenichi via Inquiry",
            To = "inquiry@power-a.example",
            Headers =
            [
                ("Reply-To", "Kimura Kenichi <kimura.lab@webmail.example>"),
                ("List-Id", "<inquiry.power-a.example>"),
                ("Precedence", "list"),
            ],
        };
        var answer = new Letter
        {
            From = Letter.Staff,
            To = Letter.Person,
            At = "10-17 10:00",
            Text = "お答えします。",
        };
        var draft = Town.Exchanges(listed, answer).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in out");
        draft.Personas.ShouldBe([Letter.Person]);
        draft.Entries[0].FromOutsider.ShouldBeTrue();
    }

    [Fact]
    public void The_organisations_domain_is_inferred_from_the_server_that_took_its_mail_in()
    {
        var members = new Members();
        var answer = new Letter
        {
            From = Letter.Info,
            To = Letter.Person,
            At = "10-17 10:00",
            Text = "お答えします。",
            InReplyTo = "10-17.0900.kimura.lab@webmail.example",

            // The own server takes in what the own desk sends, and may see it come from a public address.
            Received = "from pc82.power-a.example (unknown [203.0.113.82]) by mx.power-a.example (Postfix) with ESMTP id 5",
        };
        Letter[] letters = [First, answer];
        Town.Line(Town.Exchanges(members, letters).ShouldHaveSingleItem()).ShouldBe("in out");
        Directions
            .Apply([.. letters.Select(letter => letter.Mail(members))], members)
            .Select(mail => mail.Direction)
            .ShouldBe([MailDirection.Inbound, MailDirection.Outbound]);
    }

    [Fact]
    public void A_free_mail_domain_is_never_taken_for_the_organisations_own()
    {
        var letters = new[]
        {
            new Letter { To = "someone@gmail.com", Received = "from a.example (a.example [198.51.100.1]) by mx.gmail.com with ESMTP id 1" },
        };
        var members = new Members();
        Directions.Infer([.. letters.Select(letter => letter.Mail(members))]).Domains.ShouldBeEmpty();
    }

    [Fact]
    public void A_mail_of_no_organisation_whose_way_nothing_tells_is_nobodys_reply()
    {
        var first = new Letter { Organization = null, Window = null };
        var second = new Letter
        {
            Organization = null,
            Window = null,
            From = "b@other.example",
            To = Letter.Person,
            At = "10-17 10:00",
            Text = "お答えします。",
            InReplyTo = "10-17.0900.kimura.lab@webmail.example",
        };
        var judged = Town.Judged(Town.Exchanges(first, second).ShouldHaveSingleItem());
        judged.Messages.Select(one => one.Role).ShouldBe([MessageRole.Other, MessageRole.Other]);
        judged.Organization.ShouldBeNull();
    }
}
