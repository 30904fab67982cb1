using CsCheck;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.Makers.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Conversations;

public sealed class PersonaTests
{
    private static readonly Letter First = new();

    [Fact]
    public void The_same_address_within_thirty_days_joins_as_probable_and_says_why()
    {
        var later = new Letter
        {
            At = "11-10 09:00",
            Subject = "別件のお尋ね",
            Text = "先日とは別の件です。",
        };
        var draft = Town.Exchanges(First, later).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in in");
        draft.Probable.ShouldBe(["same-address: kimura.lab@webmail.example"]);
        Town.Judged(draft).Evidence.ShouldContain(one => one.Code == "probable-join");
    }

    [Fact]
    public void After_a_month_it_is_another_exchange() =>
        Town.Exchanges(
                First,
                new Letter
                {
                    At = "12-20 09:00",
                    Subject = "お久しぶりです",
                    Text = "以前お尋ねした者です。",
                }
            )
            .Count.ShouldBe(2);

    [Fact]
    public void The_same_persona_at_two_organisations_stays_two()
    {
        var other = new Letter
        {
            Organization = "gas-b",
            To = "info@gas-b.example",
            Key = "b",
        };
        var drafts = Town.Exchanges(First, other);
        drafts.Select(draft => draft.Organization).Order(StringComparer.Ordinal).ShouldBe(["gas-b", "power-a"]);
        drafts.Select(draft => draft.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(2);
    }

    [Fact]
    public void Two_windows_of_one_organisation_are_one_exchange_with_both_windows()
    {
        var second = new Letter
        {
            To = "recruit@power-a.example",
            Window = "recruit",
            At = "10-17 09:02",
            Key = "r",
            Text = "採用についてお尋ねします。",
        };
        var judged = Town.Judged(Town.Exchanges(First, second).ShouldHaveSingleItem());
        judged.Windows.ShouldBe(["products", "recruit"]);
    }

    [Fact]
    public void A_mail_that_two_windows_hand_in_appears_once_and_the_windows_grow()
    {
        var copy = First with { Window = "recruit", Key = "copy", Headers = [("X-Forwarded", "1")] };
        var draft = Town.Exchanges(First, copy).ShouldHaveSingleItem();
        Town.Line(draft).ShouldBe("in");
        draft.Entries[0].Copies.Select(one => one.Key).ShouldBe(["copy"]);
        Town.Judged(draft).Windows.ShouldBe(["products", "recruit"]);
    }

    [Fact]
    public void What_one_provider_says_of_a_mail_holds_for_its_copies()
    {
        var mail = First with { Text = "次をご覧ください。\nhttp://files.bad-host.example/doc/" };
        var copy = mail with { Window = "recruit", Key = "zz", Destinations = [new Destination("bad-host.example")] };
        Town.Judged(Town.Exchanges(mail, copy).ShouldHaveSingleItem()).Messages.ShouldHaveSingleItem().Role.ShouldBe(MessageRole.Attack);
    }

    [Fact]
    public void Three_windows_of_one_organisation_within_four_minutes_are_parallel_although_they_are_one_exchange()
    {
        Letter To(string window, string at) =>
            new()
            {
                To = $"{window}@power-a.example",
                Window = window,
                At = at,
                Text = $"{window}についてお尋ねします。",
            };
        var draft = Town.Exchanges(To("products", "10-17 09:00"), To("recruit", "10-17 09:02"), To("press", "10-17 09:04"))
            .ShouldHaveSingleItem();
        var times = ConversationBuilder.Times(draft, Town.Assessed(draft), Town.Members.Find("power-a"), Town.Members);
        times.Contacts.Select(one => one.Window).ShouldBe(["products", "recruit", "press"]);
        var parallel = new TimePatterns(1).Of([times]).OfType<ParallelPattern>().ShouldHaveSingleItem();
        (parallel.Windows, parallel.Minutes, parallel.Strong).ShouldBe((3, 4.0, true));
        parallel.Exchanges.ShouldBe([draft.Id]);
    }

    [Fact]
    public void A_second_address_of_the_same_name_in_the_same_thread_is_the_same_persona()
    {
        var first = First with { FromName = "木村 健一" };
        var second = new Letter
        {
            From = "k.kenichi@othermail.example",
            FromName = "木村 健一",
            At = "10-17 12:00",
            Text = "アドレスが変わりました。",
            InReplyTo = "10-17.0900.kimura.lab@webmail.example",
        };
        Town.Exchanges(first, second).ShouldHaveSingleItem().Personas.ShouldBe([Letter.Person, "k.kenichi@othermail.example"]);
    }

    [Fact]
    public void Two_outsiders_of_one_thread_are_two_exchanges()
    {
        var second = new Letter
        {
            From = "other@partner.example",
            FromName = "木村",
            At = "10-17 12:00",
            Text = "横から失礼します。",
            InReplyTo = "10-17.0900.kimura.lab@webmail.example",
        };

        // A family name alone joins nobody.
        Town.Exchanges(First with { FromName = "木村" }, second).Count.ShouldBe(2);
    }

    [Fact]
    public void Where_answers_go_is_the_same_persona()
    {
        var first = First with { Headers = [("Reply-To", "kimura.k@othermail.example")] };
        var second = new Letter
        {
            From = "kimura.k@othermail.example",
            At = "10-18 09:00",
            Text = "先日の件です。",
        };
        Town.Exchanges(first, second).ShouldHaveSingleItem().Personas.Count.ShouldBe(2);
    }

    [Fact]
    public void A_service_that_sends_for_many_is_no_persona()
    {
        Letter Sent(string person, string at) =>
            new()
            {
                From = "noreply@service.example",
                At = at,
                Text = $"{person}です。お尋ねします。",
                Headers = [("Reply-To", person)],
            };
        Town.Exchanges(Sent("a@one.example", "10-17 09:00"), Sent("b@two.example", "10-17 10:00"))
            .Select(draft => draft.Personas.ShouldHaveSingleItem())
            .ShouldBe(["a@one.example", "b@two.example"]);
    }

    [Fact]
    public void The_password_in_a_second_mail_with_a_subject_of_its_own_belongs_to_the_exchange()
    {
        var payload = new Letter
        {
            At = "10-17 10:00",
            Subject = "資料送付",
            Text = "資料をお送りします。",
            Files = [("資料.zip", ZipMakerLocked())],
        };
        var password = new Letter
        {
            At = "10-17 10:02",
            Subject = "パスワードのご連絡",
            Text = "先ほどのファイルのパスワードは abcd1234 です。",
        };
        var resent = new Letter
        {
            At = "10-17 15:00",
            Subject = "【再送】資料",
            Text = "資料を再送します。",
        };
        Town.Line(Town.Exchanges(First, payload, password, resent).ShouldHaveSingleItem()).ShouldBe("in in in in");
    }

    [Fact]
    public void An_answer_without_headers_goes_to_the_exchange_of_whom_it_is_written_to()
    {
        var answer = new Letter
        {
            From = Letter.Staff,
            To = Letter.Person,
            At = "10-17 11:00",
            Subject = "ご回答",
            Text = "お答えします。",
        };
        Town.Line(Town.Exchanges(First, answer).ShouldHaveSingleItem()).ShouldBe("in out");
    }

    [Fact]
    public void Headers_damaged_on_the_way_still_leave_one_exchange()
    {
        var answer = new Letter
        {
            From = Letter.Info,
            To = Letter.Person,
            At = "10-17 10:14",
            Subject = "RE：製品についてのお問い合わせ",
            Text = "仕様書の3ページをご覧ください。",
            InReplyTo = "gateway-changed@relay.example",
        };
        var next = new Letter
        {
            At = "10-17 10:27",
            Subject = "Re: Re: 製品についてのお問い合わせ",
            Text = "資料をお送りします。",
            InReplyTo = "also-changed@relay.example",
        };
        Town.Line(Town.Exchanges(First, answer, next).ShouldHaveSingleItem()).ShouldBe("in out in");
    }

    [Fact]
    public void A_carrier_is_in_no_exchange() =>
        Town.Exchanges(First with { Direction = MailDirection.Provision, From = Letter.Info, To = "hub@hub.example" }).ShouldBeEmpty();

    [Fact]
    public void Mail_among_own_people_is_no_exchange() =>
        Town.Exchanges(
                new Letter
                {
                    From = Letter.Info,
                    To = Letter.Staff,
                    Text = "会議の件です。",
                }
            )
            .ShouldBeEmpty();

    [Fact]
    public void The_order_of_the_mails_changes_nothing()
    {
        Letter[] letters =
        [
            First,
            First with
            {
                Window = "recruit",
                Key = "copy",
            },
            new()
            {
                From = Letter.Info,
                To = Letter.Staff,
                At = "10-17 09:20",
                Subject = "Fw: お問い合わせ",
                Text =
                    "お願いします。\n\n-----Original Message-----\nFrom: kimura.lab@webmail.example\nSent: Thursday, October 17, 2013 9:00 AM\nSubject: x\n\n貴社製品の仕様についてお尋ねしたいことがあり、ご連絡しました。\n",
            },
            new()
            {
                At = "10-17 10:27",
                Subject = "Re: 製品",
                Text = "資料です。\n\n2013年10月17日 10:14 <info@power-a.example>:\n> 仕様書の3ページをご覧ください。\n",
                Files = [("a.exe", ProgramMaker.Pe())],
                Stated = [new StatedEvent("opened", Letter.Time("10-17 11:00"), "hour")],
            },
            new()
            {
                At = "10-17 10:27",
                Subject = "Re: 製品",
                From = "other@partner.example",
                FromName = "木村 健一",
                Text = "別の者です。",
            },
            new()
            {
                At = "10-18 08:00",
                From = "kimura.lab2@othermail.example",
                FromName = "木村 健一",
                Text = "移りました。",
            },
            new()
            {
                Organization = "gas-b",
                To = "info@gas-b.example",
                Key = "b",
            },
            new() { Organization = null, Key = "null" },
            new()
            {
                At = "12-24 09:00",
                Subject = "再び",
                Text = "再びお尋ねします。",
            },
        ];
        var mails = letters.Select(letter => letter.Mail(Town.Members)).ToArray();
        var expected = Show(mails);
        expected.ShouldNotBeEmpty();
        Gen.Shuffle(mails).Sample(shuffled => Show(shuffled) == expected, iter: 60, threads: 1);
    }

    private static string Show(ProvidedMail[] mails) =>
        string.Join(
            '\n',
            Hub.Conversations.Exchanges.Of(mails, Town.Members, [])
                .Select(draft =>
                    $"{draft.Id} {draft.Organization} {string.Join(',', draft.Personas)} {Town.Line(draft)} {string.Join(',', draft.Entries.Select(entry => entry.Mail?.Key))} {string.Join(',', draft.Probable)}"
                )
        );

    private static byte[] ZipMakerLocked() =>
        Makers.ZipMaker.Zip([Makers.MadeFile.Text("資料.txt", "資料")], new() { Lock = Makers.ZipLock.Aes256, Password = "abcd1234" });
}
