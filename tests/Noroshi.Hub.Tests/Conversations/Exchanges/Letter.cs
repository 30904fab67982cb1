using System.Globalization;
using System.Text;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Headers;
using Noroshi.Makers.Corpus;

namespace Noroshi.Hub.Tests.Conversations;

/// <summary>A mail to be made: real bytes, taken apart as any other.</summary>
internal sealed record Letter
{
    public const string Person = "kimura.lab@webmail.example";
    public const string Info = "info@power-a.example";
    public const string Staff = "satou@power-a.example";

    /// <summary>Takes a mail in from outside, as the organisation's own server writes it.</summary>
    public const string FromOutside =
        "from mail.webmail.example (mail.webmail.example [198.51.100.23]) by mx.power-a.example (Postfix) with ESMTP id 3A1B2C for <info@power-a.example>";

    public string From { get; init; } = Person;
    public string FromName { get; init; } = "";
    public string To { get; init; } = Info;
    public string At { get; init; } = "10-17 09:00";
    public string? Offset { get; init; }
    public string Subject { get; init; } = "製品についてのお問い合わせ";
    public string Text { get; init; } = "貴社製品の仕様についてお尋ねしたいことがあり、ご連絡しました。";
    public string? Id { get; init; }
    public string? InReplyTo { get; init; }
    public string? Received { get; init; }
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
    public IReadOnlyList<(string Name, byte[] Content)> Files { get; init; } = [];
    public string? Organization { get; init; } = "power-a";
    public string? Window { get; init; } = "products";
    public string? Key { get; init; }
    public MailDirection? Direction { get; init; }
    public string? Verdict { get; init; }
    public string? Provision { get; init; }
    public IReadOnlyList<StatedEvent> Stated { get; init; } = [];
    public IReadOnlyList<Destination> Destinations { get; init; } = [];

    public static DateTimeOffset Time(string at) =>
        DateTimeOffset.Parse($"2013-{at.Replace(" ", "T", StringComparison.Ordinal)}:00+09:00", CultureInfo.InvariantCulture);

    /// <summary>The mail as the hub knows it; its direction is left to be found unless it is given.</summary>
    public ProvidedMail Mail(Members members)
    {
        var facts = Dissector.Mail(
            Bytes(),
            new DissectionRequest { Estate = Estates.Of(members.Find(Organization)), PasswordBudgetMilliseconds = 300 }
        );
        var line = new ManifestLine
        {
            File = "x.eml",
            Organization = Organization ?? "",
            Window = Window,
            Provision = Provision,
            Verdict = Verdict,
            Direction = Direction,
            StatedEvents = Stated,
            Destinations = Destinations,
        };
        return new ProvidedMail
        {
            Key = Key ?? $"{At} {From}",
            File = "x.eml",
            Organization = Organization,
            Window = Window,
            Direction = Direction ?? Estates.DirectionOf(facts, Estates.Of(members.Find(Organization))),
            Channel = facts.Form is null ? "mail" : "form",
            ReceivedAt = facts.ReceivedAt ?? facts.SentAt,
            TimeSource = "date",
            Stated = line,
            Facts = facts,
        };
    }

    private byte[] Bytes()
    {
        var at = Time(At);
        var shown = Offset is { } offset ? at.ToOffset(TimeSpan.Parse(offset, CultureInfo.InvariantCulture)) : at;
        var mail = new MailMaker();
        if (Received is { } hop)
        {
            mail = mail.Header("Received", $"{hop}; {Rfc(at.AddSeconds(5))}");
        }

        mail = mail.Header("Date", Rfc(shown))
            .Header("From", FromName.Length > 0 ? $"{MailMaker.Word(FromName)} <{From}>" : From)
            .Header("To", To)
            .Header("Subject", MailMaker.Word(Subject))
            .Header(
                "Message-ID",
                $"<{Id ?? $"{At.Replace(" ", ".", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal)}.{From}"}>"
            )
            .Header("MIME-Version", "1.0");
        if (InReplyTo is { } parent)
        {
            mail = mail.Header("In-Reply-To", $"<{parent}>").Header("References", $"<{parent}>");
        }

        foreach (var (name, value) in Headers)
        {
            mail = mail.Header(name, value);
        }

        mail =
            Files.Count > 0
                ? mail.Mixed(Text, Encoding.UTF8, "utf-8", [.. Files])
                : mail.Header("Content-Type", "text/plain; charset=utf-8").Body(Text, Encoding.UTF8);
        return mail.Done();
    }

    private static string Rfc(DateTimeOffset at) =>
        at.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)
        + at.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}

/// <summary>A community and what comes out of its mails.</summary>
internal static class Town
{
    public static Members Members { get; } =
        new()
        {
            Hub = new HubRecord("hub", MailHosts: ["mail.hub.example"]),
            Organizations =
            [
                new Organization
                {
                    Id = "power-a",
                    NameJa = "電力A",
                    Domains = ["power-a.example"],
                    MailHosts = ["mx.power-a.example"],
                    Affiliates = [new Affiliate("電力Aサービス", ["power-a-service.example"])],
                    Contractors = [new Contractor(["callcentre.example"])],
                    Windows = [new ContactWindow("products", Letter.Info, "製品問い合わせ窓口", "Product inquiries")],
                },
                new Organization { Id = "gas-b", Domains = ["gas-b.example"] },
            ],
        };

    public static IReadOnlyList<DraftExchange> Exchanges(params Letter[] letters) => Exchanges(Members, letters);

    public static IReadOnlyList<DraftExchange> Exchanges(Members members, IReadOnlyList<Letter> letters, params ManifestLine[] stated) =>
        Hub.Conversations.Exchanges.Of([.. letters.Select(letter => letter.Mail(members))], members, stated);

    public static JudgedExchange Assessed(DraftExchange draft) => ConversationBuilder.Judge(draft, Suspicion.None, 4);

    public static Conversation Judged(DraftExchange draft) => ConversationBuilder.Build(draft, Suspicion.None, 4);

    /// <summary>An exchange in one line: direction and source of each message.</summary>
    public static string Line(DraftExchange draft) =>
        string.Join(
            ' ',
            draft.Entries.Select(entry =>
                (entry.Direction, entry.Source) switch
                {
                    (MailDirection.Inbound, MessageSource.Mail) => "in",
                    (MailDirection.Inbound, MessageSource.Quote) => "(in)",
                    (MailDirection.Inbound, MessageSource.Stated) => "[in]",
                    (MailDirection.Outbound, MessageSource.Mail) => "out",
                    (MailDirection.Outbound, MessageSource.Quote) => "(out)",
                    (MailDirection.Outbound, MessageSource.Stated) => "[out]",
                    (MailDirection.Internal, MessageSource.Mail) => "own",
                    (MailDirection.Internal, MessageSource.Quote) => "(own)",
                    (MailDirection.Internal, MessageSource.Stated) => "[told]",
                    (MailDirection.Provision, _) => "carrier",
                    _ => "?",
                } + (entry.Automatic ? "*" : "")
            )
        );
}
